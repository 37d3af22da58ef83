using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Flows.Listening;

/// <summary>The purpose of an address. Each endpoint is available at the addresses of one purpose only.</summary>
public enum Purpose
{
    Frontend,
    OtlpGrpc,
    OtlpHttp,
}

/// <summary>An address that is listened at. Its port is known once the server has started.</summary>
public sealed record Listener(Purpose Purpose, ListenAddress Address, ListenOptions Options)
{
    /// <summary>The address with the port that was bound, where 0 had been asked for.</summary>
    public Uri BoundUrl => new UriBuilder(Address.Url) { Port = Options.IPEndPoint?.Port ?? Address.Url.Port }.Uri;
}

/// <summary>All addresses, both as configured and as bound.</summary>
public sealed class Listeners
{
    private readonly List<Listener> _all = [];

    public IReadOnlyList<Listener> All => _all;

    public Uri UrlOf(Purpose purpose) => _all.First(listener => listener.Purpose == purpose).BoundUrl;

    internal void Add(Listener listener) => _all.Add(listener);
}

/// <summary>The purpose of the connection that a request came by.</summary>
public sealed record ListenerFeature(Purpose Purpose);

/// <summary>On an endpoint: the only kind of address it answers at.</summary>
public sealed record AnswersAt(Purpose Purpose);

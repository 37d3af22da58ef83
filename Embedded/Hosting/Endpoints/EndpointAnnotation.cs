using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _transport;

    /// <summary>Describes an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">Default: the protocol in lower case.</param>
    /// <param name="transport">Default: <c>http</c> for http and https, else the protocol.</param>
    /// <param name="name">Default: the scheme.</param>
    /// <param name="port">Where others reach it; <see langword="null"/> means any free port.</param>
    /// <param name="targetPort">Where the process itself listens, if that differs.</param>
    /// <param name="isExternal">Reachable from outside when deployed.</param>
    /// <param name="isProxied">Whether a proxy may stand before the process; default yes.</param>
    public EndpointAnnotation(
        ProtocolType protocol, string? uriScheme = null, string? transport = null, [EndpointName] string? name = null, int? port = null,
        int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        _transport = transport;
        Name = name ?? UriScheme;
        ResourceName.Validate(Name, "Endpoint");
        Port = port is 0 ? null : port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
    }

    /// <summary>Unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Where others reach it; <see langword="null"/> means any free port.</summary>
    public int? Port { get; set; }

    /// <summary>Where the process itself listens, if that differs.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The scheme of its URL.</summary>
    public string UriScheme { get; set; }

    /// <summary>The address that the process listens on. Only loopback names are accepted by this engine.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary><c>tcp</c>, <c>http</c> or <c>http2</c>.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>Reachable from outside when deployed.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a proxy may stand before the process.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether references to the resource leave this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Whether the endpoint speaks TLS.</summary>
    public bool TlsEnabled { get; set; }

    /// <summary>Where the endpoint is; <see langword="null"/> until the application starts.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.GetAwaiter().GetResult() : null;
        set => _allocated.TrySetResult(value ?? throw new ArgumentNullException(nameof(value)));
    }

    internal bool FromLaunchProfile { get; init; }

    /// <summary>The environment variable that tells the process its port, where it has one of its own.</summary>
    internal string? PortVariable { get; set; }

    /// <summary>Whether the platform ends TLS before the process: it does not listen there itself.</summary>
    internal bool IsOfThePlatform { get; init; }

    internal Task<AllocatedEndpoint> WhenAllocatedAsync(CancellationToken cancellationToken) => _allocated.Task.WaitAsync(cancellationToken);
}

/// <summary>Where an endpoint is.</summary>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    /// <summary>What is there.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>The host.</summary>
    public string Address { get; } = address;

    /// <summary>The port.</summary>
    public int Port { get; } = port;

    /// <summary>The port of the process behind it.</summary>
    public string? TargetPortExpression { get; } = targetPortExpression;

    /// <summary>The scheme of its URL.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary><c>host:port</c>.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary><c>scheme://host:port</c>.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc/>
    public override string ToString() => UriString;
}

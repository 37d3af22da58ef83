using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Flows.Listening;

public static class ListeningSetup
{
    public const int MaxRequestBytes = 16 << 20;

    public static void AddListeners(this WebApplicationBuilder builder, FlowsOptions options)
    {
        var listeners = new Listeners();
        builder.Services.AddSingleton(listeners);
        // Kestrel would warn that its address setting is overridden. The addresses are read here and configured below.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            // Only a few requests are read at the same time, so a slow one must not hold its place for hours.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 16 << 10, gracePeriod: TimeSpan.FromSeconds(5));
            foreach (var address in options.Frontend)
            {
                kestrel.Listen(listeners, Purpose.Frontend, address, HttpProtocols.Http1);
            }

            // Without TLS, HTTP/2 cannot be negotiated, so gRPC gets a port with HTTP/2 only.
            if (options.OtlpGrpc is { } grpc)
            {
                kestrel.Listen(listeners, Purpose.OtlpGrpc, grpc, HttpProtocols.Http2);
            }

            if (options.OtlpHttp is { } http)
            {
                kestrel.Listen(listeners, Purpose.OtlpHttp, http, HttpProtocols.Http1);
            }
        });
    }

    /// <summary>Hides each endpoint at the addresses that are not for it. Pages and API are for the frontend.</summary>
    public static void UseListenerPurposes(this WebApplication app) => app.Use((context, next) =>
    {
        var here = context.Features.Get<ListenerFeature>()?.Purpose ?? Purpose.Frontend;
        var wanted = context.GetEndpoint()?.Metadata.GetMetadata<AnswersAt>()?.Purpose ?? Purpose.Frontend;
        if (here == wanted)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static void Listen(
        this KestrelServerOptions kestrel, Listeners listeners, Purpose purpose, ListenAddress address, HttpProtocols protocols)
    {
        var port = address.Url.Port;
        if (!address.Url.IsLoopback)
        {
            // A name is not an address to listen at; Kestrel takes all addresses for it.
            kestrel.Listen(IPAddress.TryParse(address.Url.DnsSafeHost, out var own) ? own : IPAddress.IPv6Any, port, Configure);
        }
        else if (port != 0 && address.Url.HostNameType == UriHostNameType.Dns)
        {
            kestrel.ListenLocalhost(port, Configure);
        }
        else
        {
            var isIPv6 = address.Url.HostNameType == UriHostNameType.IPv6;
            kestrel.Listen(isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            listen.Protocols = protocols;
            listen.Use((connection, next) =>
            {
                connection.Features.Set(new ListenerFeature(purpose));
                return next(connection);
            });
            listeners.Add(new Listener(purpose, address, listen));
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

/// <summary>The HTTP client of webhooks: it follows no redirects, uses no proxy, and connects to public addresses only.</summary>
internal sealed class WebhookHttp(IOptions<WebhookOptions> options) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        // No span of its own: it would have the subscriber's address, whose path may hold a secret.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        ConnectCallback = (context, cancellationToken) =>
            ConnectAsync(context.DnsEndPoint, options.Value.AllowPrivateAddresses, cancellationToken),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
        UseProxy = false,
    });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <summary>Checks the addresses that it connects to: a host that was checked earlier may resolve to another address now.</summary>
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = allowPrivate ? addresses : [.. addresses.Where(PublicAddress.IsPublic)];
        if (allowed.Length == 0)
        {
            throw new PrivateAddressException(target.Host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

/// <summary>The subscriber's address is not one that webhooks go to.</summary>
public sealed class PrivateAddressException(string host) : Exception($"{host} is not an address of the internet.");

/// <summary>The HTTP client of webhooks. Its own: it follows no redirect, uses no proxy, and connects to public addresses only.</summary>
internal sealed class WebhookHttp(IOptions<WebhookOptions> options) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
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

    /// <summary>Judges the very addresses it connects to: a name judged earlier may resolve to something else by now.</summary>
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

namespace WebApp.Clients;

/// <summary>
/// Sends the visitor's address along. The services limit requests by it; without it all visitors of this replica would share one limit.
/// </summary>
public sealed class ForwardVisitorAddress(IHttpContextAccessor accessor) : DelegatingHandler
{
    private const string Header = "X-Forwarded-For";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessor.HttpContext?.Connection.RemoteIpAddress is { } address)
        {
            // A retry sends the same message again.
            request.Headers.Remove(Header);
            request.Headers.Add(Header, address.ToString());
        }

        return base.SendAsync(request, cancellationToken);
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>The HTTP client of the health checks. It is not the application's: no retries, no telemetry, no redirects.</summary>
internal sealed class HealthClient : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
#pragma warning disable CA5359 // On loopback, of a process that was just started: only whether it answers is asked.
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    });

    public async Task<int> StatusOfAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}

internal sealed class HttpHealthCheck(HealthClient client, EndpointReference endpoint, string path, int expected) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("It has no address yet.");
        }

        var address = new Uri(new Uri(endpoint.Url), path);
        try
        {
            var status = await client.StatusOfAsync(address, cancellationToken);
            return status == expected
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{address} answered {status}, not {expected}.");
        }
        catch (HttpRequestException e)
        {
            return HealthCheckResult.Unhealthy($"{address}: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{address} did not answer in time.", e);
        }
    }
}

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

/// <summary>A resource is healthy when an address of it answers with the expected status.</summary>
/// <param name="statusOf">Asks an address.</param>
/// <param name="locate">Finds the address; <see langword="null"/> while it is not known.</param>
/// <param name="expected">The HTTP status of a healthy answer.</param>
internal sealed class HttpHealthCheck(
    Func<Uri, CancellationToken, Task<int>> statusOf, Func<CancellationToken, ValueTask<Uri?>> locate, int expected) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await locate(cancellationToken) is not { } address)
        {
            return HealthCheckResult.Unhealthy("It has no address yet.");
        }

        try
        {
            var status = await statusOf(address, cancellationToken);
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

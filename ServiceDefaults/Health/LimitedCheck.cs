using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServiceDefaults.Health;

/// <summary>
/// Reports a check that does not answer in time as failed. A client that connects may ignore cancellation and take a minute, and an
/// orchestrator that gets no answer restarts a process that only waits for its database.
/// </summary>
internal sealed class LimitedCheck(IServiceScopeFactory scopes, Func<IServiceProvider, IHealthCheck> create) : IHealthCheck
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(2);

    public static void ApplyTo(HealthCheckServiceOptions options)
    {
        foreach (var registration in options.Registrations)
        {
            var create = registration.Factory;
            registration.Factory = services => new LimitedCheck(services.GetRequiredService<IServiceScopeFactory>(), create);
        }
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await Task.Run(() => CheckInScopeAsync(context, limit.Token), cancellationToken)
                .WaitAsync(MaxDuration, cancellationToken);
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync();
            return new HealthCheckResult(context.Registration.FailureStatus, $"No answer within {MaxDuration.TotalSeconds} s.");
        }
    }

    // A scope that lasts until the check ends: what the check uses must not be disposed under it.
    private async Task<HealthCheckResult> CheckInScopeAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await create(scope.ServiceProvider).CheckHealthAsync(context, cancellationToken);
    }
}

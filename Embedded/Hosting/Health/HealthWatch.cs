using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Asks the health checks of a resource again and again: often while it is not well, seldom once it is.</summary>
internal sealed class HealthWatch(IResource resource, HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    // What waits for a resource that starts loses half of this on the average.
    private static readonly TimeSpan Starting = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Unhealthy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(30);

    /// <summary>After so long something that has not become healthy is told of, once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];

    public async Task RunAsync(
        Func<ImmutableArray<HealthReportSnapshot>, Task> onReports, Func<Task> onReady, Action<ImmutableArray<HealthReportSnapshot>> onLate,
        CancellationToken cancellationToken)
    {
        if (_keys.Count == 0)
        {
            await onReady();
            return;
        }

        var (isReady, isTold) = (false, false);
        var began = time.GetTimestamp();
        var pause = First;
        while (!cancellationToken.IsCancellationRequested)
        {
            var reports = await CheckAsync(cancellationToken);
            await onReports(reports);
            var isHealthy = reports.All(report => report.Status == HealthStatus.Healthy);
            if (isHealthy && !isReady)
            {
                isReady = true;
                await onReady();
            }

            if (!isReady && !isTold && time.GetElapsedTime(began) >= Patience)
            {
                isTold = true;
                onLate(reports);
            }

            pause = isHealthy ? Healthy : isReady ? Unhealthy : Shorter(pause * 1.2, Starting);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task<ImmutableArray<HealthReportSnapshot>> CheckAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => _keys.Contains(check.Name), cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        return
        [
            .. report.Entries.Select(entry => new HealthReportSnapshot(
                entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.Message) { LastRunAt = now }),
            .. _keys.Except(report.Entries.Keys).Select(key => new HealthReportSnapshot(
                key, HealthStatus.Unhealthy, $"No health check '{key}' was added to the services.", null) { LastRunAt = now }),
        ];
    }
}

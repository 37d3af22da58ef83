using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Embedded.Tests.Hosting;

public sealed class HealthWatchTests
{
    [Fact]
    public async Task Watch_OfSomethingThatStaysIll_TellsOnceAfterItsPatience_ThenOfItsHealth()
    {
        var time = new FakeTimeProvider();
        var began = time.GetTimestamp();
        var checks = new Checks();
        var resource = new Aspire.Hosting.ConnectionStringResource("store", ReferenceExpression.Empty);
        resource.Annotations.Add(new HealthCheckAnnotation(Checks.Key));
        var (late, ready) = (new List<ImmutableArray<HealthReportSnapshot>>(), 0);
        using var stop = new CancellationTokenSource();

        var watch = new HealthWatch(resource, checks, time).RunAsync(
            _ => Task.CompletedTask,
            () =>
            {
                ready++;
                return Task.CompletedTask;
            },
            late.Add,
            stop.Token);
        await PassAsync(() => time.GetElapsedTime(began) >= HealthWatch.Patience - TimeSpan.FromSeconds(1));
        Assert.Empty(late);
        await PassAsync(() => late.Count > 0);
        await PassAsync(() => time.GetElapsedTime(began) >= 3 * HealthWatch.Patience);
        checks.Status = HealthStatus.Healthy;
        await PassAsync(() => ready > 0);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        Assert.Equal("too early", Assert.Single(late)[0].Description);
        Assert.Equal(1, ready);

        async Task PassAsync(Func<bool> until)
        {
            while (!until())
            {
                time.Advance(TimeSpan.FromMilliseconds(100));

                // What waits for that moment runs elsewhere.
                await Task.Delay(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
            }
        }
    }

    private sealed class Checks : HealthCheckService
    {
        public const string Key = "store_check";

        public HealthStatus Status { get; set; } = HealthStatus.Unhealthy;

        public override Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default) =>
            Task.FromResult(new HealthReport(
                new Dictionary<string, HealthReportEntry>
                {
                    [Key] = new(Status, Status == HealthStatus.Healthy ? null : "too early", TimeSpan.Zero, exception: null, data: null),
                },
                TimeSpan.Zero));
    }
}

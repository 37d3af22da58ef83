using EventBus.Inbox;
using EventBus.Outbox;
using EventBus.Topology;
using EventBus.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventBus.Telemetry;

/// <summary>Measures what waits, every few seconds, and lets the inbox forget what is older than its retention, every hour.</summary>
internal sealed partial class Housekeeping(
    IOutbox outbox,
    IInbox inbox,
    ITransport transport,
    TopologyPlan plan,
    BusMetrics metrics,
    EventBusOptions options,
    TimeProvider time,
    ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forgetAt = time.GetUtcNow() + (Jitter.Around(ForgetInterval) / 2);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Jitter.Around(Interval), time, stoppingToken);
                await MeasureAsync(stoppingToken);
                await transport.RecheckAsync(stoppingToken);

                if (time.GetUtcNow() is var now && now >= forgetAt)
                {
                    await inbox.ForgetAsync(now - options.InboxRetention, stoppingToken);
                    forgetAt = now + Jitter.Around(ForgetInterval);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogFailed(fault);
            }
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        (metrics.ConnectionUp, metrics.ConnectionBlocked) = (transport.Health.DownSince is null, transport.Health.Blocked);
        metrics.Backlog = await outbox.MeasureAsync(cancellationToken);
        metrics.InboxRows = await inbox.CountAsync(cancellationToken);

        var deadLetters = new Dictionary<string, long>();
        var ready = new Dictionary<string, long>();
        foreach (var queue in plan.Consumed)
        {
            if (await transport.CountAsync(queue.DeadLetterQueue, cancellationToken) is { } dead)
            {
                deadLetters[queue.Name] = dead;
            }

            if (await transport.CountAsync(queue.Name, cancellationToken) is { } waiting)
            {
                ready[queue.Name] = waiting;
            }
        }

        (metrics.DeadLetters, metrics.Ready) = (deadLetters, ready);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Measuring the event bus failed; the next round is in a few seconds")]
    private partial void LogFailed(Exception fault);
}

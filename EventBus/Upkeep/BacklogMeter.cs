using EventBus.Inbox;
using EventBus.Outbox;
using EventBus.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventBus.Upkeep;

/// <summary>Measures every few seconds what waits in outbox, inbox and queues.</summary>
internal sealed partial class BacklogMeter(
    IOutbox outbox,
    IInbox inbox,
    ITransport transport,
    TopologyPlan plan,
    BacklogGauges gauges,
    TimeProvider clock,
    ILogger<BacklogMeter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Jitter.Around(Interval), clock, stoppingToken);
                await MeasureAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogFailed(fault, Interval);
            }
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        gauges.Broker = transport.Health;
        gauges.Outbox = await outbox.MeasureAsync(cancellationToken);
        gauges.InboxRows = await inbox.CountAsync(cancellationToken);

        var queues = new Dictionary<string, QueueDepth>();
        foreach (var queue in plan.Consumed)
        {
            if (await transport.MeasureAsync(queue, fresh: false, cancellationToken) is { } depth)
            {
                queues[queue.Name] = depth;
            }
        }

        gauges.Queues = queues;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Measuring the backlog of the event bus failed; trying again in {Interval}")]
    private partial void LogFailed(Exception fault, TimeSpan interval);
}

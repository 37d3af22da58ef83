using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

/// <summary>
/// Relays one partition of the outbox to the broker, in order: read the oldest rows, publish them, await the confirms, delete. A crash
/// between confirm and delete publishes the batch twice; receivers recognise the message ids.
/// </summary>
internal sealed partial class PartitionRelay(
    short partition,
    IOutbox outbox,
    ITransport transport,
    OutboxSignal signal,
    BusMetrics metrics,
    MessageSpans spans,
    MessageRegistry registry,
    CrashPoints crashPoints,
    EventBusOptions options,
    TimeProvider clock,
    ILogger<PartitionRelay> logger)
{
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OwnershipPoll = TimeSpan.FromSeconds(1);

    /// <summary>Open transactions block the partition only for a moment: look again soon.</summary>
    private static readonly TimeSpan WritersPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Since when the relay has failed; null while it works.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    public string? Fault { get; private set; }

    /// <summary>What waits for a receiver; null while another process relays this partition.</summary>
    public HeldBack? Held { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var publisher = transport.CreatePublisher();

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // While the broker cannot be reached no database session is held: the database would end it as idle.
                await publisher.ReadyAsync(cancellationToken);
                await using var lease = await outbox.TryAcquireAsync(partition, cancellationToken);
                Held = null;
                if (lease is not null)
                {
                    signal.Own(partition, owned: true);
                    await RelayAsync(lease, publisher, cancellationToken);
                }

                Succeeded();
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Failed(fault.Message);
                LogRelayFailed(fault, partition);
            }
            finally
            {
                signal.Own(partition, owned: false);
            }

            await PauseAsync(OwnershipPoll, cancellationToken);
        }
    }

    private async Task RelayAsync(IOutboxLease lease, IPublisher publisher, CancellationToken cancellationToken)
    {
        var held = Held = new HeldBack(registry, clock);
        var batches = new BatchRelay(partition, lease, publisher, held, metrics, spans, registry, crashPoints, clock, logger);
        var reader = new PartitionReader(lease, options.RelayBatchSize, clock);
        var (startedAt, passTook) = (clock.GetTimestamp(), TimeSpan.Zero);
        long? releasedAt = null;

        while (!cancellationToken.IsCancellationRequested)
        {
            // Before reading: while the broker cannot be reached, nothing is asked of the database.
            await publisher.ReadyAsync(cancellationToken);

            if (releasedAt is not { } last || clock.GetElapsedTime(last) >= options.SweepInterval / 2)
            {
                // Where more are due than one call moves, the next round moves more.
                releasedAt = await lease.ReleaseDueAsync(cancellationToken) ? null : clock.GetTimestamp();
            }

            // Messages held back are tried again from the oldest on when their wait is over; less often where reading the partition takes
            // long.
            if (held.Any && reader.AtEnd && clock.GetElapsedTime(startedAt) >= Longer(options.SweepInterval / 2, passTook * 10))
            {
                if (held.StartOver())
                {
                    // Redeclare late: recreating the queue before its consumers see the cancellation leaves them unsubscribed.
                    await transport.EnsureTopologyAsync(cancellationToken);
                }

                reader.StartOver();
                (startedAt, passTook) = (clock.GetTimestamp(), TimeSpan.Zero);
            }

            var entries = await reader.ReadAsync(mayLookBack: !held.Any, cancellationToken);
            if (await batches.RelayAsync(entries, cancellationToken) is { } fault)
            {
                Failed(fault);
                await PauseAsync(FailurePause, cancellationToken);
                held.StartOver();
                reader.StartOver();
                continue;
            }

            Succeeded();

            // Messages held back may fill whole reads; the next read must then begin behind them.
            var mustPass = entries.Count == options.RelayBatchSize && held.Any && entries.Count(held.Holds) >= entries.Count / 2;
            if (!await reader.PassAsync(entries, mustPass, cancellationToken))
            {
                await signal.WaitAsync(partition, WritersPause, cancellationToken);
            }
            else if (reader.AtEnd)
            {
                passTook = passTook == TimeSpan.Zero ? clock.GetElapsedTime(startedAt) : passTook;
                await signal.WaitAsync(partition, Jitter.Around(options.SweepInterval), cancellationToken);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Succeeded() => (FailingSince, Fault) = (null, null);

    private void Failed(string fault) => (FailingSince, Fault) = (FailingSince ?? clock.GetUtcNow(), fault);

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Jitter.Around(pause), clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The relay of outbox partition {Partition} failed; retrying. No unconfirmed message was removed")]
    private partial void LogRelayFailed(Exception fault, short partition);
}

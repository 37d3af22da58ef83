using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

/// <summary>
/// Carries one partition of the outbox to the broker, in order: claim the oldest, publish them all, await the confirms, delete. Dying
/// between confirm and delete publishes a batch twice, which receivers notice by the message ids.
/// </summary>
internal sealed partial class PartitionRelay(
    short partition,
    IOutbox outbox,
    ITransport transport,
    OutboxSignal signal,
    BusMetrics metrics,
    MessageRegistry registry,
    CrashPoints crashPoints,
    EventBusOptions options,
    TimeProvider time,
    ILogger<PartitionRelay> logger)
{
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OwnershipPoll = TimeSpan.FromSeconds(1);

    /// <summary>Transactions are short; a lane that can go on only behind them looks again soon.</summary>
    private static readonly TimeSpan WritersPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Since when the relay has failed or found nothing of what it should have moved; null while it does well.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    public string? Fault { get; private set; }

    /// <summary>What waits for a receiver; null while another process relays.</summary>
    public HeldBack? Held { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var publisher = transport.CreatePublisher();

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // While the broker is away, from the first start on, no session is held that the database would end for being idle.
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
        var held = Held = new HeldBack(registry, time);
        var batches = new BatchRelay(partition, lease, publisher, held, metrics, registry, crashPoints, time, logger);
        var lane = new LaneReader(lease, options.RelayBatchSize, time);
        var (startedAt, passTook) = (time.GetTimestamp(), TimeSpan.Zero);
        long? releasedAt = null;

        while (!cancellationToken.IsCancellationRequested)
        {
            // Asked before anything is claimed: while the broker is away the database hears nothing of it.
            await publisher.ReadyAsync(cancellationToken);

            if (releasedAt is not { } last || time.GetElapsedTime(last) >= options.SweepInterval / 2)
            {
                await lease.ReleaseDueAsync(cancellationToken);
                releasedAt = time.GetTimestamp();
            }

            // Those held back are tried again when their wait is over, from the oldest on; the longer that takes, the more seldom.
            if (held.Any && lane.AtEnd && time.GetElapsedTime(startedAt) >= Longer(options.SweepInterval / 2, passTook * 10))
            {
                if (held.StartOver())
                {
                    // Not at once when they came back: a queue that is there again before its consumers hear that it was gone leaves them deaf.
                    await transport.DeclareAsync(cancellationToken);
                }

                lane.StartOver();
                (startedAt, passTook) = (time.GetTimestamp(), TimeSpan.Zero);
            }

            var entries = await lane.ReadAsync(mayLookBack: !held.Any, cancellationToken);
            if (await batches.RelayAsync(entries, cancellationToken) is { } fault)
            {
                Failed(fault);
                await PauseAsync(FailurePause, cancellationToken);
                held.StartOver();
                lane.StartOver();
                continue;
            }

            Succeeded();

            // What is held back may fill whole reads: then there is no going on but behind it.
            var mustPass = entries.Count == options.RelayBatchSize && held.Any && entries.Count(held.Holds) >= entries.Count / 2;
            if (!await lane.PassAsync(entries, mustPass, cancellationToken))
            {
                await signal.WaitAsync(partition, WritersPause, cancellationToken);
            }
            else if (lane.AtEnd)
            {
                passTook = passTook == TimeSpan.Zero ? time.GetElapsedTime(startedAt) : passTook;
                await signal.WaitAsync(partition, Jitter.Around(options.SweepInterval), cancellationToken);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Succeeded() => (FailingSince, Fault) = (null, null);

    private void Failed(string fault) => (FailingSince, Fault) = (FailingSince ?? time.GetUtcNow(), fault);

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Jitter.Around(pause), time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop ends by itself.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The relay of outbox partition {Partition} failed and starts again; nothing was removed unconfirmed")]
    private partial void LogRelayFailed(Exception fault, short partition);
}

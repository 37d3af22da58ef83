using EventBus.Inbox;
using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

/// <summary>
/// Consumes one queue: keeps a session open, hands deliveries to a bounded number of workers, keeps the order of each key. Lost deliveries
/// are dropped, because the broker delivers them again.
/// </summary>
internal sealed partial class QueueConsumer(
    QueuePlan queue,
    ITransport transport,
    IInbox inbox,
    MessageProcessor processor,
    HandlerCalls calls,
    MessageSpans spans,
    BusMetrics metrics,
    EventBusOptions options,
    TimeProvider clock,
    ILogger<QueueConsumer> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly KeyedDispatcher<Work> _dispatcher = new(work => work.Key, processor.MayBatch);
    private Stall? _stall;

    // Half of the prefetched messages are in work while the other half arrives. More batches at a time would be smaller, and each costs a
    // commit.
    private int Batchers => Math.Max(1, options.Prefetch / (2 * options.BatchSize));

    public string Queue => queue.Name;

    /// <summary>Since when nothing is consumed; null while a session is open.</summary>
    public DateTimeOffset? IdleSince { get; private set; } = clock.GetUtcNow();

    /// <summary>Since when messages have failed to be settled again and again, with none settled in between; null otherwise.</summary>
    public DateTimeOffset? StalledSince => _stall is { } stall && clock.GetUtcNow() - stall.Last < options.StuckAfter ? stall.First : null;

    /// <summary>When the handler that has been running longest was called; null while none runs.</summary>
    public DateTimeOffset? RunningSince => calls.RunningSince(queue.Name);

    /// <summary>The last fault; null when there was none.</summary>
    public string? Fault { get; private set; }

    /// <param name="stopping">Take nothing new.</param>
    /// <param name="abort">The drain time is over: abort what is running.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        var stopped = UntilAsync(stopping);
        Task[] workers =
        [
            .. Enumerable.Range(0, options.Concurrency).Select(_ => WorkAsync(TakeAsync, stopping, abort)),
            .. Enumerable.Range(0, Batchers).Select(_ => WorkAsync(TakeBatchAsync, stopping, abort)),
        ];
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await StoreIsReadyAsync(stopping);
                await using var session = await transport.ConsumeAsync(queue, options.Prefetch, Receive, stopping);
                IdleSince = null;
                spans.RecordSubscribe(queue);

                await Task.WhenAny(session.Ended, stopped);
                if (session.Ended.Exception?.InnerException is { } refused)
                {
                    Stalled(refused);
                    LogConsumerFailed(refused, queue.Name);
                }

                if (stopping.IsCancellationRequested)
                {
                    // The session stays open until then: otherwise the broker would hand the next messages of a key to another replica
                    // while this one still handles the last. What arrives in this time is not handled and returns when the session ends.
                    await Task.WhenAll(workers);
                }
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                Fault = fault.Message;
                LogConsumerFailed(fault, queue.Name);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            IdleSince ??= clock.GetUtcNow();
            await Task.WhenAny(Task.Delay(Jitter.Around(Pause), clock, CancellationToken.None), stopped);
        }

        await Task.WhenAll(workers);
    }

    private async Task WorkAsync(
        Func<CancellationToken, ValueTask<List<Work>>> takeAsync, CancellationToken stopping, CancellationToken abort)
    {
        while (!stopping.IsCancellationRequested)
        {
            List<Work> works;
            try
            {
                works = await takeAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // The message before it may just have been left to the next process.
            if (!stopping.IsCancellationRequested)
            {
                await ProcessAsync(works, stopping, abort);
            }
        }
    }

    private async ValueTask<List<Work>> TakeAsync(CancellationToken cancellationToken) => [await _dispatcher.TakeAsync(cancellationToken)];

    private ValueTask<List<Work>> TakeBatchAsync(CancellationToken cancellationToken) =>
        _dispatcher.TakeBatchAsync(options.BatchSize, cancellationToken);

    private async Task ProcessAsync(List<Work> batch, CancellationToken stopping, CancellationToken abort)
    {
        try
        {
            // In the order of their keys, so that concurrent transactions take their locks in the same order.
            List<Work> held = [.. batch.Where(work => !work.Delivery.IsLost).OrderBy(work => work.Key, StringComparer.Ordinal)];
            if (held.Count > 0)
            {
                await processor.ProcessAsync(held, stopping, abort);
                (_stall, Fault) = (null, null);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The session ends with the process, and another process handles the rest of the batch.
        }
        catch (Exception fault)
        {
            // Without a release the messages would wait until the process ends.
            Stalled(fault);
            LogNotSettled(fault, batch.Count, queue.Name);
            foreach (var work in batch.Where(work => !work.Delivery.IsLost))
            {
                await work.Delivery.ReleaseAsync();
            }
        }
        finally
        {
            batch.ForEach(_dispatcher.Done);
            metrics.Released(queue.Name, batch.Count);
        }
    }

    private void Stalled(Exception fault)
    {
        var now = clock.GetUtcNow();
        (_stall, Fault) = (new Stall(StalledSince ?? now, now), fault.Message);
    }

    private void Receive(Delivery delivery)
    {
        metrics.Received(queue.Name, delivery.IsRedelivered);
        _dispatcher.Add(Work.Of(delivery, queue));
    }

    private async Task StoreIsReadyAsync(CancellationToken cancellationToken)
    {
        while (!await inbox.IsReadyAsync(cancellationToken))
        {
            await Task.Delay(Jitter.Around(Pause / 2), clock, cancellationToken);
        }
    }

    private static async Task UntilAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    /// <param name="First">When messages first failed to be settled.</param>
    /// <param name="Last">When they last did.</param>
    private sealed record Stall(DateTimeOffset First, DateTimeOffset Last);
}

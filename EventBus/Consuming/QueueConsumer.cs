using System.Collections.Concurrent;
using EventBus.Inbox;
using EventBus.Telemetry;
using EventBus.Topology;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

/// <summary>
/// Consumes one queue: keeps a session open, hands deliveries to a bounded number of workers, keeps the order of each key. Deliveries of a
/// session that ended are dropped, because the broker delivers them again.
/// </summary>
internal sealed partial class QueueConsumer(
    QueuePlan queue,
    ITransport transport,
    IInbox inbox,
    MessageProcessor processor,
    BusMetrics metrics,
    EventBusOptions options,
    TimeProvider time,
    ILogger<QueueConsumer> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly KeyedDispatcher<Work> _dispatcher = new(work => work.Key, processor.MayBatch);
    private readonly ConcurrentDictionary<List<Work>, DateTimeOffset> _running = new();

    // Half of what is prefetched is being worked on while the other half arrives. More batches at a time would be smaller ones, and each costs a commit.
    private int Batchers => Math.Max(1, options.Prefetch / (2 * options.BatchSize));

    public string Queue => queue.Name;

    /// <summary>Since when nothing is consumed; null while a session is open.</summary>
    public DateTimeOffset? IdleSince { get; private set; } = time.GetUtcNow();

    /// <summary>When the handler that runs longest now was called; null while none runs.</summary>
    public DateTimeOffset? RunningSince => _running.IsEmpty ? null : _running.Values.DefaultIfEmpty(time.GetUtcNow()).Min();

    /// <summary>Why; null when there was no fault.</summary>
    public string? Fault { get; private set; }

    /// <param name="stopping">Take nothing new.</param>
    /// <param name="abort">The drain budget is used up: give up what is running.</param>
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
                await using var session = await transport.ConsumeAsync(
                    queue.Name, options.Prefetch, Receive, stopping);
                (IdleSince, Fault) = (null, null);

                await Task.WhenAny(session.Ended, stopped);
                if (stopping.IsCancellationRequested)
                {
                    // Not cancelled before: the broker would hand the next messages of a key to another replica while this one still
                    // handles the last. What comes meanwhile is not taken and returns when the session ends.
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

            IdleSince = time.GetUtcNow();
            await Task.WhenAny(Task.Delay(Jitter.Around(Pause), time, CancellationToken.None), stopped);
        }

        await Task.WhenAll(workers);
    }

    private async Task WorkAsync(Func<CancellationToken, ValueTask<List<Work>>> takeAsync, CancellationToken stopping, CancellationToken abort)
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

            // Its predecessor may have been left to the next process just now.
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
            _running[batch] = time.GetUtcNow();

            // In the order of their keys: transactions that meet take their locks in the same order.
            await processor.ProcessAsync(
                [.. batch.Where(work => !work.Delivery.Session.Ended.IsCompleted).OrderBy(work => work.Key, StringComparer.Ordinal)], stopping, abort);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The session ends with the process, and what is left of the batch is another's.
        }
        catch (Exception fault)
        {
            // Neither acknowledged nor moved on. The session must end, or the messages would wait until the process does.
            LogNotSettled(fault, batch.Count, queue.Name);
            foreach (var session in batch.Select(work => work.Delivery.Session).Distinct())
            {
                await session.DisposeAsync();
            }
        }
        finally
        {
            _running.TryRemove(batch, out _);
            batch.ForEach(_dispatcher.Done);
            metrics.Released(queue.Name, batch.Count);
        }
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
            await Task.Delay(Jitter.Around(Pause / 2), time, cancellationToken);
        }
    }

    private static async Task UntilAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}

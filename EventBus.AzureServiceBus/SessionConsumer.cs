using Azure.Messaging.ServiceBus;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Consumes a subscription or a queue by its sessions: accepts one after the other, as they get messages, and receives from all of them. It
/// does not use the SDK's session processor, which stalls for a minute after the broker has closed the connection in order, and keeps each
/// empty session for a minute.
/// </summary>
internal sealed class SessionConsumer : IConsumerSession
{
    private const int MostPrefetchedPerSession = 50;

    private static readonly TimeSpan ThrottledPause = TimeSpan.FromSeconds(2);

    private readonly ReceiverPlan _plan;
    private readonly CancellationTokenSource _stopping;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<Task> _sessions = [];
    private readonly Task _accepting;
    private readonly Lazy<Task> _stop;

    public SessionConsumer(ReceiverPlan plan)
    {
        _plan = plan;
        Slots = new SemaphoreSlim(plan.Prefetch);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(plan.Connection.Lost);
        _accepting = AcceptAsync(_stopping.Token);
        _stop = new Lazy<Task>(StopAsync);
    }

    public Task Ended => _ended.Task;

    /// <summary>One for each message that may be handed out.</summary>
    public SemaphoreSlim Slots { get; }

    /// <summary>
    /// Returns all sessions with what is not settled; the broker gives them to other consumers. Every call waits for that.
    /// </summary>
    public ValueTask DisposeAsync() => new(_stop.Value);

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _stopping.Dispose(); // The connection, which it is linked to, may live much longer.
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        Exception? refused = null;
        try
        {
            while (true)
            {
                if (await NextSessionAsync(cancellationToken) is { } receiver)
                {
                    _sessions.RemoveWhere(session => session.IsCompleted);
                    _sessions.Add(new HeldSession(receiver, _plan, this, new CancellationTokenSource()).RunAsync(cancellationToken));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping, or the connection is lost.
        }
        catch (Exception fault)
        {
            _plan.Connection.Report(fault);
            refused = fault;
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(_sessions);
        if (refused is null || Faults.IsConnectionLost(refused))
        {
            _ended.TrySetResult();
        }
        else
        {
            _ended.TrySetException(refused);
        }
    }

    /// <summary>Null when no session had messages for a while, or the namespace has too many operations.</summary>
    private async Task<ServiceBusSessionReceiver?> NextSessionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _plan.Connection.AcceptNextSessionAsync(
                _plan.Queue,
                new ServiceBusSessionReceiverOptions { PrefetchCount = Math.Clamp(_plan.Prefetch / 4, 1, MostPrefetchedPerSession) },
                cancellationToken);
        }
        catch (ServiceBusException none) when (Faults.IsNoSession(none))
        {
            return null;
        }
        catch (ServiceBusException busy) when (Faults.IsThrottled(busy))
        {
            // The sessions that are held go on.
            await Task.Delay(Jitter.Around(ThrottledPause), _plan.Clock, cancellationToken);
            return null;
        }
    }
}

using Azure.Messaging.ServiceBus;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Reads the dead letters of a queue, which have no sessions. Each message has a lock of its own, which is renewed while it is held; those
/// that are not settled are returned at the end, because the broker would keep them locked.
/// </summary>
internal sealed class DeadLetterConsumer : IConsumerSession, IHeldMessages
{
    private const int MostAtOnce = 100;

    /// <summary>
    /// A receive is not cancelled, because the messages that it was about to return would stay locked. So disposing waits for its end.
    /// </summary>
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReceiveLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);

    /// <summary>A lock is renewed when it has less time left.</summary>
    private static readonly TimeSpan RenewalMargin = TimeSpan.FromSeconds(15);

    private readonly ReceiverPlan _plan;
    private readonly ServiceBusReceiver _receiver;
    private readonly SemaphoreSlim _slots;
    private readonly UnsettledMessages _unsettled;
    private readonly CancellationTokenSource _stopping;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private readonly Lazy<Task> _stop;

    public DeadLetterConsumer(ReceiverPlan plan)
    {
        _plan = plan;
        _receiver = plan.Connection.Client.CreateReceiver(
            Entities.PathOf(plan.Queue), new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        _slots = new SemaphoreSlim(plan.Prefetch);
        _unsettled = new UnsettledMessages(plan.Connection, _slots);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(plan.Connection.Lost);
        _running = RunAsync(_stopping.Token);
        _stop = new Lazy<Task>(StopAsync);
    }

    public Task Ended => _ended.Task;

    /// <summary>Completes when the first receive has ended: opening the link takes several round trips.</summary>
    public Task Opened => _opened.Task;

    public QueuePlan Queue => _plan.Queue;

    public CopySender Copies => _plan.Copies;

    public bool IsLost(ServiceBusReceivedMessage message) => _ended.Task.IsCompleted || !_unsettled.Contains(message);

    public void Complete(ServiceBusReceivedMessage message) => _unsettled.Settle(
        message,
        async token =>
        {
            await _receiver.CompleteMessageAsync(message, token);
            _plan.DeadLetters.Changed(Queue);
        },
        onFault: () => { });

    public Task DeadLetterAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object> changes, string reason, string? description,
        CancellationToken cancellationToken) =>
        throw new InvalidOperationException("It is a dead letter already.");

    public ValueTask ReleaseAsync() => DisposeAsync();

    /// <summary>Returns what is not settled. Every call waits for that.</summary>
    public ValueTask DisposeAsync() => new(_stop.Value);

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose(); // The connection, which it is linked to, may live much longer.
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(ReceiveAsync(cancellationToken), RenewAsync(cancellationToken));
        await _unsettled.SettlingAsync();
        if (!_plan.Connection.Lost.IsCancellationRequested)
        {
            await Task.WhenAll(_unsettled.All.Select(ReturnAsync));
        }

        await _plan.Connection.CloseAsync(_receiver);
        _opened.TrySetResult();
        _ended.TrySetResult();
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                foreach (var message in await NextAsync(cancellationToken))
                {
                    await _slots.WaitAsync(CancellationToken.None);
                    _unsettled.Add(message);
                    _plan.OnDelivery(new ServiceBusDelivery(this, message)
                    {
                        Message = MessageProperties.ReadDeadLetter(Queue.Kind, message),
                        ReceivedAt = _plan.Clock.GetUtcNow(),
                        IsRedelivered = true,
                    });
                }

                _opened.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed, or the connection is lost.
        }
        catch (TimeoutException late)
        {
            // Only this link does not answer; the sessions over the same connection go on.
            await EndAsync(late);
        }
        catch (Exception fault)
        {
            _plan.Connection.Report(fault);
            await EndAsync(fault);
        }
    }

    private async Task EndAsync(Exception fault)
    {
        _ended.TrySetException(fault);
        await _stopping.CancelAsync();
    }

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> NextAsync(CancellationToken cancellationToken)
    {
        // Only this loop takes slots, so as many as are free now stay free.
        await _slots.WaitAsync(cancellationToken);
        _slots.Release();
        return await _receiver.ReceiveMessagesAsync(Math.Min(_slots.CurrentCount, MostAtOnce), ReceiveWait, CancellationToken.None)
            .WaitAsync(ReceiveLimit, _plan.Clock, _plan.Connection.Lost);
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewalInterval, _plan.Clock, cancellationToken);
                var due = _plan.Clock.GetUtcNow() + RenewalMargin;
                await Task.WhenAll(_unsettled.All.Where(message => message.LockedUntil <= due)
                    .Select(message => RenewAsync(message, cancellationToken)));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed, or the connection is lost.
        }
    }

    private async Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _plan.Connection.RunAsync(token => _receiver.RenewMessageLockAsync(message, token), cancellationToken);
        }
        catch (Exception fault) when (fault is ServiceBusException or TimeoutException or IOException or ObjectDisposedException)
        {
            // Another reader may have it now. If this one replays it too, the inbox recognises the second delivery.
        }
    }

    private async Task ReturnAsync(ServiceBusReceivedMessage message)
    {
        try
        {
            await _unsettled.SettleAsync(
                message, token => _receiver.AbandonMessageAsync(message, cancellationToken: token), CancellationToken.None);
        }
        catch (Exception)
        {
            // Its lock expires.
        }
    }
}

using Azure.Messaging.ServiceBus;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.AzureServiceBus;

/// <summary>
/// A session that this process has locked: receives its messages in order, renews the lock, settles. It ends when the session has no
/// messages, when its turn is over, or when the lock is lost.
/// </summary>
/// <param name="receiver">The session.</param>
/// <param name="plan">The consumer's plan.</param>
/// <param name="consumer">The consumer.</param>
/// <param name="lost">Cancelled when the lock is lost.</param>
internal sealed partial class HeldSession(
    ServiceBusSessionReceiver receiver, ReceiverPlan plan, SessionConsumer consumer, CancellationTokenSource lost) : IHeldMessages
{
    /// <summary>How long an empty session is kept.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(1);

    /// <summary>The SDK may wait for a link that is closed; no receive is waited for longer than this.</summary>
    private static readonly TimeSpan ReceiveLimit = TimeSpan.FromSeconds(3);

    /// <summary>After this time a busy session is offered to the other replicas.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <summary>How long a session that is offered may take to settle what it has.</summary>
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromSeconds(1);

    /// <summary>A message that cannot be received would otherwise be received again at once, without end.</summary>
    private static readonly TimeSpan PauseAfterUnexpectedFault = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MostBetweenRenewals = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LeastBetweenRenewals = TimeSpan.FromMilliseconds(200);

    private readonly UnsettledMessages _unsettled = new(plan.Connection, consumer.Slots);

    public QueuePlan Queue => plan.Queue;

    public CopySender Copies => plan.Copies;

    public bool IsLost(ServiceBusReceivedMessage message) => lost.IsCancellationRequested || consumer.Ended.IsCompleted;

    /// <param name="cancellationToken">Stop receiving, and return what is not settled.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lost.Token, plan.Connection.Lost);
        using var receiving = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        var renewing = RenewAsync(receiving.Token);
        try
        {
            await ReceiveAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Stopping, or the lock is lost.
        }
        catch (TimeoutException)
        {
            // Only this link does not answer.
        }
        catch (Exception fault) when (Faults.IsOfTheBroker(fault))
        {
            plan.Connection.Report(fault);
        }
        catch (Exception fault)
        {
            LogUnexpected(plan.Logger, fault, receiver.SessionId, Queue.Name, PauseAfterUnexpectedFault);
            await PauseAsync(PauseAfterUnexpectedFault, ending.Token);
        }

        // The broker frees the session when its link ends; the next message of a key must not arrive before the last is settled.
        await _unsettled.SettlingAsync();
        await lost.CancelAsync();
        await receiving.CancelAsync();
        await renewing;
        await plan.Connection.CloseAsync(receiver);
        _unsettled.Clear();
    }

    public void Complete(ServiceBusReceivedMessage message) => _unsettled.Settle(
        message, token => receiver.CompleteMessageAsync(message, token), onFault: Lose);

    public async Task DeadLetterAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object> changes, string reason, string? description,
        CancellationToken cancellationToken)
    {
        try
        {
            await _unsettled.SettleAsync(
                message,
                token => receiver.DeadLetterMessageAsync(message, changes, reason, DeadLetterText.Cut(description), token),
                cancellationToken);
            plan.DeadLetters.Changed(Queue);
        }
        catch (Exception fault) when (fault is ServiceBusException or TimeoutException or IOException or ObjectDisposedException)
        {
            throw new InvalidOperationException($"The broker did not store a dead letter of '{Queue.Name}'.", fault);
        }
    }

    /// <summary>Ends the consumer: without it the broker would deliver this message behind later ones with the same key.</summary>
    public ValueTask ReleaseAsync() => consumer.DisposeAsync();

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var turnBegan = plan.Clock.GetTimestamp();
        while (true)
        {
            if (await NextAsync(cancellationToken) is { } message)
            {
                await consumer.Slots.WaitAsync(cancellationToken);
                _unsettled.Add(message);
                if (CopyProbe.IsProbe(message))
                {
                    Complete(message);
                    continue;
                }

                plan.OnDelivery(new ServiceBusDelivery(this, message)
                {
                    Message = MessageProperties.Read(Queue.Kind, message),
                    ReceivedAt = plan.Clock.GetUtcNow(),
                    IsRedelivered = message.DeliveryCount > 1,
                });
            }
            else if (_unsettled.IsEmpty)
            {
                return;
            }

            if (plan.Clock.GetElapsedTime(turnBegan) >= Turn)
            {
                if (await _unsettled.EmptyAsync(HandOverLimit, plan.Clock, cancellationToken))
                {
                    return;
                }

                turnBegan = plan.Clock.GetTimestamp();
            }
        }
    }

    /// <summary>Null when there is none now.</summary>
    /// <exception cref="TimeoutException">The SDK did not return in time.</exception>
    private async Task<ServiceBusReceivedMessage?> NextAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(ReceiveLimit, plan.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await receiver.ReceiveMessageAsync(IdleLimit, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Receiving from a session of '{Queue.Name}' did not end within {ReceiveLimit}.");
        }
    }

    /// <summary>Renews the lock at half of its time, for as long as the session is held: a handler may wait for its database.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // The clocks of broker and process differ, so the time left is only an estimate.
                var half = (receiver.SessionLockedUntil - plan.Clock.GetUtcNow()) / 2;
                await Task.Delay(
                    TimeSpan.FromTicks(Math.Clamp(half.Ticks, LeastBetweenRenewals.Ticks, MostBetweenRenewals.Ticks)),
                    plan.Clock,
                    cancellationToken);
                await plan.Connection.RunAsync(receiver.RenewSessionLockAsync, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                Lose();
                return;
            }
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, plan.Clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the lock is lost.
        }
    }

    private void Lose() => lost.CancelAsync();

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Receiving from session {Session} of '{Queue}' failed unexpectedly; its messages are received again in {Pause}")]
    private static partial void LogUnexpected(ILogger logger, Exception fault, string session, string queue, TimeSpan pause);
}

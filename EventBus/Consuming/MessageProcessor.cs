using System.Diagnostics;
using EventBus.Failure;
using EventBus.Inbox;
using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

/// <summary>Takes deliveries through inbox and handler to their acknowledgement, a delayed retry or the dead letters.</summary>
internal sealed partial class MessageProcessor(
    MessageRegistry registry,
    IInbox inbox,
    IServiceScopeFactory scopes,
    ITransport transport,
    FailurePolicy policy,
    HandlerCalls calls,
    BusMetrics metrics,
    MessageSpans spans,
    CrashPoints crashPoints,
    EventBusOptions options,
    TimeProvider clock,
    ILogger<MessageProcessor> logger)
{
    /// <summary>The message may share a transaction with others.</summary>
    public bool MayBatch(Work work) =>
        work.Envelope is { } message && work.Attempt == 1 && registry.FindSubscription(message.Type) is { InBatches: true };

    /// <summary>
    /// Settles one message, or several with different keys. Throws only if the process stops or the broker does not store a failed message;
    /// what is not settled then is delivered again.
    /// </summary>
    /// <param name="works">The messages.</param>
    /// <param name="stopping">Do not wait for another try: the next process handles the message.</param>
    /// <param name="cancellationToken">Abort what is running.</param>
    public async Task ProcessAsync(IReadOnlyList<Work> works, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var attempts = new List<Attempt>(works.Count);
        try
        {
            foreach (var work in works)
            {
                if (await StartAsync(work, cancellationToken) is { } attempt)
                {
                    attempts.Add(attempt);
                }
            }

            await FinishAsync(attempts, stopping, cancellationToken);
        }
        finally
        {
            attempts.ForEach(attempt => attempt.Dispose());
        }
    }

    /// <summary>Null when no handler can take the message; it is then a dead letter.</summary>
    private async Task<Attempt?> StartAsync(Work work, CancellationToken cancellationToken)
    {
        if (work.Envelope is not { } message)
        {
            await DeadLetterUnusableAsync(work, new DeadLetterCause(DeadLetterReasons.BadEnvelope), cancellationToken);
            return null;
        }

        var span = StartSpan(work, message);
        var refusal = RefuseSender(work, message);
        if (refusal is null && registry.FindSubscription(message.Type) is { } subscription)
        {
            return new Attempt(work, message, subscription, span, clock.GetTimestamp());
        }

        using (span)
        {
            await DeadLetterUnusableAsync(work, refusal ?? new DeadLetterCause(DeadLetterReasons.UnknownType), cancellationToken);
            span?.SetTag(BusTelemetry.Outcome, Outcomes.DeadLettered);
            metrics.Processed(work.Queue.Name, message.Type, Outcomes.DeadLettered, TimeSpan.Zero);
            return null;
        }
    }

    /// <summary>Null when the sender may publish the message.</summary>
    private DeadLetterCause? RefuseSender(Work work, Envelope message)
    {
        var sender = work.Delivery.Message.Sender;
        return options.CheckSenders && transport.ChecksSenders
            && registry.SendersOf(message.Type) is { } permitted && !permitted.Contains(sender)
            ? new DeadLetterCause(DeadLetterReasons.WrongSender, new WrongSenderException(message.Type, sender, permitted))
            : null;
    }

    /// <summary>A batch that fails is retried in halves, until a bad message is alone and affects only itself.</summary>
    private async Task FinishAsync(List<Attempt> attempts, CancellationToken stopping, CancellationToken cancellationToken)
    {
        switch (attempts.Count)
        {
            case 0:
                return;

            case 1:
                await FinishAsync(attempts[0], stopping, cancellationToken);
                return;

            default:
                if (!await TryTogetherAsync(attempts, cancellationToken))
                {
                    var half = attempts.Count / 2;
                    await FinishAsync(attempts[..half], stopping, cancellationToken);
                    await FinishAsync(attempts[half..], stopping, cancellationToken);
                }

                return;
        }
    }

    /// <summary>False when the batch failed.</summary>
    private async Task<bool> TryTogetherAsync(List<Attempt> attempts, CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(attempts, cancellationToken);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogBatchFailed(fault, attempts.Count);
            return false;
        }
    }

    /// <summary>Tries in place, as the policy says, until the message is handled, sent to a delayed retry or dead-lettered.</summary>
    private async Task FinishAsync(Attempt attempt, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var (work, message) = (attempt.Work, attempt.Message);
        var (waits, conflicts) = (0, 0);
        while (true)
        {
            Exception fault;
            try
            {
                await TryAsync([attempt], cancellationToken);
                return;
            }
            catch (Exception thrown) when (!cancellationToken.IsCancellationRequested)
            {
                fault = thrown;
            }

            switch (policy.Decide(fault, waits, conflicts, work.Attempt))
            {
                case FailureDecision.WaitForStore wait:
                    waits++;
                    LogStoreUnavailable(fault, message.Type, message.MessageId, wait.Pause);
                    await Task.Delay(wait.Pause, clock, stopping);
                    break;

                case FailureDecision.TryNow now:
                    conflicts++;
                    LogConflict(fault, message.Type, message.MessageId, conflicts);
                    await Task.Delay(now.Pause, clock, stopping);
                    break;

                case FailureDecision.TryLater later:
                    LogTryLater(fault, message.Type, message.MessageId, work.Attempt, later.Delay);
                    await work.Delivery.ResendAsync(
                        FailedMessage.ForRetry(work.Delivery, work.Queue, work.Attempt, clock.GetUtcNow()), later.Delay, cancellationToken);
                    Done(attempt, Outcomes.Retried, fault);
                    return;

                case FailureDecision.DeadLetter dead:
                    LogDeadLettered(fault, message.Type, message.MessageId, work.Attempt, dead.Reason);
                    await DeadLetterAsync(work, DeadLetterCause.Of(dead.Reason, fault, attempt.Subscription.Assemblies), cancellationToken);
                    Done(attempt, Outcomes.DeadLettered, fault);
                    return;
            }
        }
    }

    /// <summary>One transaction for all of them, then their acknowledgements.</summary>
    private async Task TryAsync(List<Attempt> attempts, CancellationToken cancellationToken)
    {
        await crashPoints.PassAsync(CrashPoints.Received);
        using var call = calls.Begin(attempts[0].Work.Queue.Name);
        using var deadline = new CancellationTokenSource(options.HandlerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);

        // The statements of a batch belong to no single message; they are recorded below the first one's span.
        Activity.Current = attempts[0].Span;
        IReadOnlyList<InboxVerdict> verdicts;
        try
        {
            var results = await CallAsync(attempts, either.Token);
            await using var scope = scopes.CreateAsyncScope();
            verdicts = await inbox.HandleAsync(
                scope.ServiceProvider,
                attempts[0].Work.Queue.Name,
                [
                    .. attempts.Select(attempt => new InboxItem(
                        attempt.Message, token => HandleAsync(attempt, results, scope.ServiceProvider, token))),
                ],
                either.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The handler of {attempts[0].Message.Type} took longer than {options.HandlerTimeout}.", late);
        }

        await crashPoints.PassAsync(CrashPoints.Committed);
        for (var i = 0; i < attempts.Count; i++)
        {
            await attempts[i].Work.Delivery.AcknowledgeAsync(cancellationToken);
            Done(attempts[i], OutcomeOf(verdicts[i]));
        }
    }

    /// <summary>Makes the calls of a handler that has some; such a message is never in a batch.</summary>
    private async Task<object?[]?> CallAsync(List<Attempt> attempts, CancellationToken cancellationToken)
    {
        if (attempts is not [{ Subscription.HasCalls: true } attempt])
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        return await attempt.Subscription.CallAsync(scope.ServiceProvider, attempt.Body, attempt.Context, cancellationToken);
    }

    // Asynchronous, so that the ambient values it sets end with it.
    private async Task HandleAsync(Attempt attempt, object?[]? results, IServiceProvider services, CancellationToken cancellationToken)
    {
        Activity.Current = attempt.Span;
        AmbientMessage.Current = attempt.Context;
        attempt.Span?.SetTag(BusTelemetry.HandlingAt, clock.GetUtcNow().ToMicroseconds());
        await attempt.Subscription.HandleAsync(services, attempt.Body, results, attempt.Context, cancellationToken);
    }

    private void Done(Attempt attempt, string outcome, Exception? fault = null)
    {
        attempt.Span?.SetTag(BusTelemetry.Outcome, outcome);
        if (fault is not null)
        {
            attempt.Span?.SetStatus(ActivityStatusCode.Error, fault.Message)
                .SetTag(BusTelemetry.ErrorType, fault.GetType().FullName)
                .AddException(fault);
        }

        attempt.Dispose();
        metrics.Processed(attempt.Work.Queue.Name, attempt.Message.Type, outcome, clock.GetElapsedTime(attempt.StartedAt));
    }

    private Task DeadLetterUnusableAsync(Work work, DeadLetterCause cause, CancellationToken cancellationToken)
    {
        LogUnusable(
            work.Delivery.Message.Type, work.Delivery.Message.MessageId, work.Queue.Name, cause.Reason, work.Delivery.Message.Sender);
        return DeadLetterAsync(work, cause, cancellationToken);
    }

    private Task DeadLetterAsync(Work work, DeadLetterCause cause, CancellationToken cancellationToken) =>
        work.Delivery.DeadLetterAsync(
            FailedMessage.ForDeadLetter(work.Delivery, work.Queue, cause, work.Attempt, clock.GetUtcNow()),
            cause.Reason,
            cause.Fault?.Message,
            cancellationToken);

    private Activity? StartSpan(Work work, Envelope message)
    {
        var span = spans.StartProcess(message, work.Queue.Name, work.Delayed);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(BusTelemetry.Attempt, work.Attempt)
                .SetTag(BusTelemetry.CreatedAt, message.CreatedAt.ToMicroseconds())
                .SetTag(BusTelemetry.PublishedAt, work.Delivery.Message.Number(HeaderNames.PublishedAt))
                .SetTag(BusTelemetry.ReplayedAt, work.Delivery.Message.Number(HeaderNames.ReplayedAt))
                .SetTag(BusTelemetry.ReceivedAt, work.Delivery.ReceivedAt.ToMicroseconds())
                .SetTag(BusTelemetry.HandlingAt, clock.GetUtcNow().ToMicroseconds())
                .SetTag(BusTelemetry.RetryDelay, FailedMessage.RetryDelay(work.Delivery));
        }

        return span;
    }

    private static string OutcomeOf(InboxVerdict verdict) => verdict switch
    {
        InboxVerdict.Duplicate => Outcomes.Duplicate,
        InboxVerdict.Stale => Outcomes.Stale,
        _ => Outcomes.Handled,
    };
}

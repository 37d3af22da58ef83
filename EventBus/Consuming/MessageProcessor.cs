using System.Diagnostics;
using EventBus.Failure;
using EventBus.Inbox;
using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventBus.Consuming;

/// <summary>Takes deliveries through inbox and handler to their acknowledgement, or on to a retry queue or the dead letters.</summary>
internal sealed partial class MessageProcessor(
    MessageRegistry registry,
    IInbox inbox,
    IServiceScopeFactory scopes,
    FailureMover mover,
    BusMetrics metrics,
    CrashPoints crashPoints,
    EventBusOptions options,
    TimeProvider time,
    ILogger<MessageProcessor> logger)
{
    /// <summary>The message may share a transaction with others.</summary>
    public bool MayBatch(Work work) =>
        work.Envelope is { } message && work.Attempt == 1 && registry.FindSubscription(message.Type) is { InBatches: true };

    /// <summary>
    /// Deals with a message, or with several of different keys. Ends with an exception only if the process stops or the broker cannot take a
    /// failed message; what is not acknowledged then is redelivered.
    /// </summary>
    /// <param name="works">The messages.</param>
    /// <param name="stopping">Do not wait for another try: the next process has it.</param>
    /// <param name="cancellationToken">Give up what is running.</param>
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

    /// <summary>Null when the message can only be parked, and was.</summary>
    private async Task<Attempt?> StartAsync(Work work, CancellationToken cancellationToken)
    {
        if (work.Envelope is not { } message)
        {
            await ParkAsync(work, DeadLetterReasons.BadEnvelope, cancellationToken);
            return null;
        }

        var span = StartSpan(work, message);
        if (registry.FindSubscription(message.Type) is { } subscription)
        {
            return new Attempt(work, message, subscription, span, time.GetTimestamp());
        }

        using (span)
        {
            await ParkAsync(work, DeadLetterReasons.UnknownType, cancellationToken);
            span?.SetTag(BusTelemetry.Outcome, Outcomes.DeadLettered);
            metrics.Processed(work.Queue.Name, message.Type, Outcomes.DeadLettered, TimeSpan.Zero);
            return null;
        }
    }

    /// <summary>What fails together is tried again in halves, until a bad message stands alone and harms only itself.</summary>
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

    /// <summary>False when it failed, for whatever reason.</summary>
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

    /// <summary>Tries, as often as the policy says, until the message is dealt with or moved on.</summary>
    private async Task FinishAsync(Attempt attempt, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var (work, message) = (attempt.Work, attempt.Message);
        for (var tries = 1; ; tries++)
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

            switch (FailurePolicy.Decide(fault, tries, work.Attempt, options))
            {
                case FailureDecision.WaitForStore wait:
                    LogStoreAway(fault, message.Type, message.MessageId);
                    await Task.Delay(wait.Pause, time, stopping);
                    break;

                case FailureDecision.TryNow now:
                    LogTryNow(fault, message.Type, message.MessageId, tries);
                    await Task.Delay(now.Pause, time, stopping);
                    break;

                case FailureDecision.TryLater later:
                    LogTryLater(fault, message.Type, message.MessageId, work.Attempt, later.Delay);
                    await mover.RetryLaterAsync(work.Delivery, work.Queue, later.Delay, work.Attempt, cancellationToken);
                    Done(attempt, Outcomes.Retried, fault);
                    return;

                case FailureDecision.DeadLetter dead:
                    LogDeadLettered(fault, message.Type, message.MessageId, work.Attempt, dead.Reason);
                    await mover.DeadLetterAsync(work.Delivery, work.Queue, dead.Reason, fault, work.Attempt, cancellationToken);
                    Done(attempt, Outcomes.DeadLettered, fault);
                    return;
            }
        }
    }

    /// <summary>One transaction for all of them, then their acknowledgements.</summary>
    private async Task TryAsync(List<Attempt> attempts, CancellationToken cancellationToken)
    {
        await crashPoints.PassAsync(CrashPoints.Received);
        using var deadline = new CancellationTokenSource(options.HandlerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);

        // The statements of a batch belong to no message alone; the first one's span takes them.
        Activity.Current = attempts[0].Span;
        IReadOnlyList<InboxVerdict> verdicts;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            verdicts = await inbox.HandleAsync(
                scope.ServiceProvider,
                attempts[0].Work.Queue.Name,
                [.. attempts.Select(attempt => new InboxItem(attempt.Message, token => HandleAsync(attempt, scope.ServiceProvider, token)))],
                either.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The handler of {attempts[0].Message.Type} took longer than {options.HandlerTimeout}.", late);
        }

        await crashPoints.PassAsync(CrashPoints.Committed);
        for (var i = 0; i < attempts.Count; i++)
        {
            attempts[i].Work.Delivery.Session.Acknowledge(attempts[i].Work.Delivery);
            Done(attempts[i], OutcomeOf(verdicts[i]));
        }
    }

    // Asynchronous, so that what it makes ambient ends with it.
    private async Task HandleAsync(Attempt attempt, IServiceProvider services, CancellationToken cancellationToken)
    {
        Activity.Current = attempt.Span;
        AmbientMessage.Current = attempt.Context;
        attempt.Span?.SetTag(BusTelemetry.HandlingAt, time.GetUtcNow().ToMicroseconds());
        await attempt.Subscription.HandleAsync(services, attempt.Body, attempt.Context, cancellationToken);
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
        metrics.Processed(attempt.Work.Queue.Name, attempt.Message.Type, outcome, time.GetElapsedTime(attempt.StartedAt));
    }

    private Task ParkAsync(Work work, string reason, CancellationToken cancellationToken)
    {
        LogParked(work.Delivery.Message.Type, work.Delivery.Message.MessageId, work.Queue.Name, reason);
        return mover.DeadLetterAsync(work.Delivery, work.Queue, reason, fault: null, work.Attempt, cancellationToken);
    }

    private Activity? StartSpan(Work work, Envelope message)
    {
        var span = MessageSpans.StartProcess(message, work.Queue.Name, work.Delayed);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(BusTelemetry.Attempt, work.Attempt)
                .SetTag(BusTelemetry.CreatedAt, message.CreatedAt.ToMicroseconds())
                .SetTag(BusTelemetry.PublishedAt, work.Delivery.Message.Number(HeaderNames.PublishedAt))
                .SetTag(BusTelemetry.ReceivedAt, work.Delivery.ReceivedAt.ToMicroseconds())
                .SetTag(BusTelemetry.HandlingAt, time.GetUtcNow().ToMicroseconds())
                .SetTag(BusTelemetry.RetryDelay, FailureMover.RetryDelay(work.Delivery));
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

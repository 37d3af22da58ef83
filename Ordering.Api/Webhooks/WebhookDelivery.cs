using System.Net;

namespace Ordering.Api.Webhooks;

/// <summary>The delivery of one event to one subscriber, with its attempts and result.</summary>
public sealed class WebhookDelivery
{
    public required Guid Id { get; init; }

    public required Guid SubscriberId { get; init; }

    /// <summary>The id of the event, by which the subscriber recognises a repeat.</summary>
    public required Guid MessageId { get; init; }

    public required string EventType { get; init; }

    /// <summary>The body, exactly as it is signed and sent.</summary>
    public required string Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DeliveryStatus Status { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    public int? LastStatusCode { get; private set; }

    public string? Problem { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public void RecordAnswer(HttpStatusCode answer, IReadOnlyList<TimeSpan> retryDelays, DateTimeOffset now)
    {
        LastStatusCode = (int)answer;

        if ((int)answer is >= 200 and < 300)
        {
            Attempts++;
            (Status, DeliveredAt, Problem) = (DeliveryStatus.Delivered, now, null);
        }
        else if (answer is HttpStatusCode.Gone)
        {
            GiveUp("The subscriber is gone (410).");
        }
        else
        {
            RecordFailure($"The subscriber answered {(int)answer}.", retryDelays, now);
        }
    }

    public void RecordFailure(string problem, IReadOnlyList<TimeSpan> retryDelays, DateTimeOffset now)
    {
        if (Attempts >= retryDelays.Count)
        {
            GiveUp(problem);
            return;
        }

        NextAttemptAt = now + retryDelays[Attempts];
        Attempts++;
        Problem = problem;
    }

    /// <summary>Sends it again, with all retries, whatever its result was.</summary>
    public void SendAgain(DateTimeOffset now) =>
        (Status, Attempts, NextAttemptAt, Problem, DeliveredAt) = (DeliveryStatus.Pending, 0, now, null, null);

    public void GiveUp(string problem)
    {
        Attempts++;
        (Status, Problem) = (DeliveryStatus.Failed, problem);
    }
}

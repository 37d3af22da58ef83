using Flows.Stitching;

namespace Flows.Expectations;

/// <summary>Compares one declared step with the messages of a flow.</summary>
internal sealed class StepComparison(StepDeclaration step, ILookup<string, FlowMessage> byType, DateTimeOffset now)
{
    private readonly FlowMessage[] _messages = [.. byType[step.Message].OrderBy(CreatedAt)];
    private readonly FlowMessage? _before = EarliestOf(step.After, byType);
    private readonly FlowMessage? _exclusion = EarliestOf(step.Unless, byType);

    private DateTimeOffset? DueAt => (step.After.Count > 0 ? _before : _messages.FirstOrDefault()) is { } start
        ? CreatedAt(start) + step.Within
        : null;

    public ExpectedStep Compare()
    {
        var waitsFor = WaitsFor();
        var findings = _messages.Length == 0 ? [OfAbsence()] : OfPresence(waitsFor).ToArray();
        var state = findings.Max(finding => finding.State);
        return new ExpectedStep(
            step.Message,
            step.From,
            step.To,
            state,
            string.Join(" ", findings.Where(finding => finding.State == state).Select(finding => finding.Explanation)),
            DueAt,
            [.. _messages.Select(message => message.Id)],
            waitsFor);
    }

    private (StepState State, string Explanation) OfAbsence()
    {
        if (_exclusion is not null)
        {
            return (StepState.Skipped, $"Not expected after {_exclusion.Type}.");
        }

        if (_before is null)
        {
            return (
                StepState.NotReached,
                step.After.Count == 0 ? "The process did not start with it." : $"Comes after {string.Join(" or ", step.After)}.");
        }

        if (step.Optional)
        {
            return (StepState.Skipped, "Optional; it has not come.");
        }

        return DueAt < now
            ? (StepState.Missing, $"It should have come within {Format(step.Within!.Value)} after {_before.Type}.")
            : (StepState.Waiting, $"Expected after {_before.Type}.");
    }

    private IEnumerable<(StepState State, string Explanation)> OfPresence(IReadOnlyList<string> waitsFor)
    {
        yield return OfProgress(waitsFor);
        if (_messages.Length > 1 && !step.Repeats)
        {
            yield return (StepState.Duplicate, $"It came {_messages.Length} times.");
        }

        if (_exclusion is not null && CreatedAt(_messages[0]) > CreatedAt(_exclusion))
        {
            yield return (StepState.Extra, $"It came after {_exclusion.Type}.");
        }

        foreach (var message in _messages.Where(message => message.From is not null && message.From != step.From).Take(1))
        {
            yield return (StepState.Extra, $"{message.From} sent it, not {step.From}.");
        }

        foreach (var delivery in _messages.SelectMany(message => message.Deliveries).DistinctBy(delivery => delivery.Queue))
        {
            if (!step.To.Contains(delivery.Queue))
            {
                yield return (StepState.Extra, $"It also went to the queue {delivery.Queue}.");
            }
        }

        foreach (var delivery in _messages.SelectMany(message => message.Deliveries))
        {
            if (delivery.Attempts.Count(attempt => attempt.Outcome == "handled") is > 1 and var count)
            {
                yield return (StepState.Duplicate, $"{delivery.Queue} handled it {count} times.");
            }
        }
    }

    private (StepState State, string Explanation) OfProgress(IReadOnlyList<string> waitsFor)
    {
        if (waitsFor.Count == 0)
        {
            return HandledAt() is { } handled && handled > DueAt
                ? (StepState.Late, $"It was handled {Format(handled - DueAt.Value)} after its time limit of {Format(step.Within!.Value)}.")
                : (StepState.Done, step.To.Count == 0 ? "It was sent." : "Each queue handled it.");
        }

        var queues = string.Join(", ", waitsFor);
        if (_messages.Any(message => message.State == FlowState.DeadLettered))
        {
            return (StepState.Missing, $"It is a dead letter; not handled by {queues}.");
        }

        if (_messages.All(message => message.State == FlowState.Scheduled || IsHandledBy(message, step.To)))
        {
            return (
                step.Optional ? StepState.Skipped : StepState.Waiting,
                $"It is scheduled for {_messages.Max(message => message.DueAt):u}.");
        }

        return DueAt < now
            ? (StepState.Missing, $"{queues} should have handled it within {Format(step.Within!.Value)}.")
            : (StepState.Waiting, $"It waits for {queues}.");
    }

    private List<string> WaitsFor() =>
        [.. step.To.Where(queue => _messages.Length > 0 && !_messages.All(message => IsHandledBy(message, [queue])))];

    // Repeated messages have no time limit of their own, so only the first one counts.
    private DateTimeOffset? HandledAt() => _messages[0].Deliveries
        .Where(delivery => step.To.Contains(delivery.Queue))
        .Max(delivery => delivery.Attempts.FirstOrDefault(attempt => !attempt.IsFailure)?.Wait.EndedAt);

    private static bool IsHandledBy(FlowMessage message, IEnumerable<string> queues) => queues.All(queue => message.Deliveries.Any(
        delivery => delivery.Queue == queue && delivery.Attempts.Any(attempt => !attempt.IsFailure)));

    private static FlowMessage? EarliestOf(IReadOnlyList<string> types, ILookup<string, FlowMessage> byType) =>
        types.SelectMany(type => byType[type]).MinBy(CreatedAt);

    private static DateTimeOffset CreatedAt(FlowMessage message) => message.CreatedAt ?? message.PublishedAt
        ?? (message.Deliveries is [{ Attempts: [var first, ..] }, ..] ? first.Wait.HandlingAt : DateTimeOffset.MaxValue);

    private static string Format(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? $"{time.TotalSeconds:0.###} s" : $"{time:g}";
}

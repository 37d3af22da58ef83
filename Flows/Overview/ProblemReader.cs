using Flows.DeadLetters;
using Flows.Following;
using Flows.Stitching;
using Flows.Traces;

namespace Flows.Overview;

/// <summary>Answers the first question: is it all right, and if not, where?</summary>
public sealed class ProblemReader(
    MessageCatalog messages, TraceStore traces, FollowState following, DeadLetterStore deadLetters, TimeProvider clock)
{
    // A refusal never ends by itself, unlike the other problems.
    private static readonly TimeSpan RefusalsMatterFor = TimeSpan.FromMinutes(15);

    private static readonly (FlowState State, bool IsSerious, string One, string Many)[] States =
    [
        (FlowState.DeadLettered, true, "flow has a dead letter", "flows have a dead letter"),
        (FlowState.Failed, true, "flow failed", "flows failed"),
        (FlowState.Retrying, false, "flow waits for a retry", "flows wait for a retry"),
    ];

    /// <summary>The problems, serious ones first.</summary>
    public List<Problem> Read()
    {
        var snapshot = messages.Current();
        var problems = new List<Problem>();
        problems.AddRange(OfTheConnection());
        problems.AddRange(OfDeadLetters(deadLetters.Summary));
        problems.AddRange(OfFlows(snapshot, deadLetters.Summary));
        problems.AddRange(OfQueues(snapshot));
        return [.. problems.OrderByDescending(problem => problem.IsSerious)];
    }

    private IEnumerable<Problem> OfTheConnection()
    {
        if (following.Fault is { } fault)
        {
            yield return new Problem(true, "Aspire's dashboard is not followed", fault, "/flows");
        }

        if (traces.Tally.RejectedAt > clock.GetUtcNow() - RefusalsMatterFor)
        {
            yield return new Problem(
                false,
                $"Spans were refused in the last {RefusalsMatterFor.TotalMinutes} minutes",
                $"{traces.Tally.Rejected} since the start: they were malformed, or more at once than Flows takes in.",
                "/flows");
        }
    }

    private static IEnumerable<Problem> OfDeadLetters(DeadLetterSummary summary)
    {
        if (summary is { Total: > 0, Groups: [var newest, ..] })
        {
            yield return new Problem(
                true, $"{summary.Total} dead {(summary.Total == 1 ? "letter" : "letters")} in {Groups(summary.Groups.Count)}",
                $"The newest: {newest.Type}{KeyOf(newest.Letters[0].Key)}. {newest.ExceptionType ?? newest.Reason}",
                $"/dead-letters?group={Uri.EscapeDataString(newest.Key)}");
        }

        foreach (var source in summary.Unreachable)
        {
            yield return new Problem(false, $"The dead letters of {source.Name} cannot be read", source.Fault, "/dead-letters");
        }

        static string Groups(int count) => count == 1 ? "1 group" : $"{count} groups";
    }

    private static IEnumerable<Problem> OfFlows(MessageSnapshot snapshot, DeadLetterSummary summary)
    {
        foreach (var (state, isSerious, one, many) in States)
        {
            if (state == FlowState.DeadLettered && summary.IsConfigured)
            {
                // The services say what is in their queues now; a span says only that it was once.
                continue;
            }

            var found = snapshot.Flows.Where(flow => flow.State == state).ToList();
            if (found is [var newest, ..])
            {
                var message = newest.Messages.FirstOrDefault(message => message.State == state);
                var error = message?.Deliveries.Select(delivery => delivery.Last.Error).FirstOrDefault(error => error is not null);
                yield return new Problem(
                    isSerious, $"{found.Count} {(found.Count == 1 ? one : many)}",
                    $"The newest: {message?.Type}{KeyOf(message?.Key)}. {error}",
                    found.Count == 1 ? $"/flows/{Uri.EscapeDataString(newest.Key)}" : $"/flows?state={state}");
            }
        }
    }

    private static string KeyOf(string? key) => string.IsNullOrEmpty(key) ? "" : $" with key {key}";

    private static IEnumerable<Problem> OfQueues(MessageSnapshot snapshot) => OverdueSteps.In(snapshot)
        .GroupBy(step => step.Queue, StringComparer.Ordinal)
        .Select(group => new Problem(
            true,
            $"{group.Count()} {(group.Count() == 1 ? "message waits" : "messages wait")} in {group.Key} for too long",
            $"The oldest is {group.First().Sent.Message.Type}{KeyOf(group.First().Sent.Message.Key)}. "
                + "Is the service of this queue running?",
            $"/messages?queue={Uri.EscapeDataString(group.Key)}&state={FlowState.InFlight}"));
}

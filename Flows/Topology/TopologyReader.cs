using Flows.DeadLetters;
using Flows.Stitching;
using Flows.Traces;

namespace Flows.Topology;

/// <summary>Draws the topology from the messages that were really sent.</summary>
public static class TopologyReader
{
    /// <summary>A queue whose oldest message waits longer has no working receiver, or one that is too slow.</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromSeconds(30);

    /// <param name="snapshot">The stored messages.</param>
    /// <param name="window">
    /// Only messages created in this time before the snapshot; null takes all. Messages that still wait always count.
    /// </param>
    /// <param name="letters">
    /// The dead letters of the services: they say what is in the queues now. Without sources, spans say what went there once.
    /// </param>
    /// <param name="bindings">What the receivers reported when they subscribed.</param>
    public static TopologyView Read(
        MessageSnapshot snapshot, TimeSpan? window, DeadLetterSummary? letters = null, IReadOnlyList<QueueBinding>? bindings = null)
    {
        var deadIn = letters is { IsConfigured: true }
            ? letters.Sources.SelectMany(source => source.Letters).CountBy(letter => letter.Queue, StringComparer.Ordinal).ToDictionary()
            : null;
        var since = window is { } length ? snapshot.At - length : DateTimeOffset.MinValue;
        var messages = snapshot.Messages
            .Where(sent => sent.At >= since || sent.Message.WaitsIn.Count > 0)
            .ToList();
        var minutes = Math.Max(1, (window ?? (messages.Count == 0 ? TimeSpan.Zero : snapshot.At - messages[^1].At)).TotalMinutes);
        var edges = messages.SelectMany(StepsOf)
            .GroupBy(step => (step.Sent.Message.Type, step.Sent.Message.From, step.Queue, step.Delivery?.Service))
            .Select(group => EdgeOf([.. group], minutes, snapshot.At))
            .ToList();
        var all = MergeWaiting(edges)
            .OrderBy(edge => edge.From, StringComparer.Ordinal)
            .ThenBy(edge => edge.Type, StringComparer.Ordinal)
            .ThenBy(edge => edge.Queue, StringComparer.Ordinal)
            .ToList();
        var queues = all.Where(edge => edge.Queue is not null)
            .GroupBy(edge => edge.Queue!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => QueueOf(group.Key, [.. group], deadIn))
            .ToList();
        return new TopologyView(
            window, NamesOf(all.Select(edge => edge.From)), queues, NamesOf(all.Select(edge => edge.Service)), all,
            [.. Findings.Of(all, queues)], [.. UnusedBindings.Of(bindings ?? [], snapshot.Messages)]);
    }

    private static IEnumerable<Step> StepsOf(SentMessage sent)
    {
        foreach (var delivery in sent.Message.Deliveries)
        {
            yield return new Step(sent, delivery.Queue, delivery);
        }

        foreach (var queue in sent.Message.WaitsIn)
        {
            yield return new Step(sent, queue, null);
        }

        if (sent.Message is { Deliveries.Count: 0, WaitsIn.Count: 0, State: not FlowState.Scheduled })
        {
            yield return new Step(sent, null, null);
        }
    }

    private static Edge EdgeOf(List<Step> steps, double minutes, DateTimeOffset now)
    {
        var first = steps[0];
        var message = first.Sent.Message;
        var deliveries = steps.Select(step => step.Delivery).OfType<FlowDelivery>().ToList();
        var waiting = steps.Where(step => step.Delivery is null && step.Queue is not null).ToList();
        return new Edge(message.Type, message.Kind, message.From, first.Queue, first.Delivery?.Service)
        {
            Messages = steps.Count,
            Failures = deliveries.Sum(delivery => delivery.Attempts.Count(attempt => attempt.IsFailure)),
            DeadLettered = deliveries.Count(delivery => delivery.Last.Outcome == "dead-lettered"),
            Waiting = waiting.Count,
            OldestAge = waiting.Count == 0 ? null : now - waiting.Min(step => step.Sent.WaitsSince),
            PerMinute = steps.Count / minutes,
            Times = WaitTimes.Of(deliveries),
            Worst = steps.MaxBy(step => step.Delivery?.Took ?? now - step.Sent.WaitsSince)!.Sent,
        };
    }

    // Messages that wait in a queue belong to the edge of those of the same type that were received from it before.
    private static IEnumerable<Edge> MergeWaiting(List<Edge> edges)
    {
        foreach (var edge in edges)
        {
            if (edge.Service is null && edge.Queue is not null && edges.Exists(other => IsReceived(other, edge)))
            {
                continue;
            }

            yield return edge.Service is null || edges.Find(other => other.Service is null && IsReceived(edge, other)) is not { } waiting
                ? edge
                : edge with
                {
                    Messages = edge.Messages + waiting.Messages,
                    PerMinute = edge.PerMinute + waiting.PerMinute,
                    Waiting = waiting.Waiting,
                    OldestAge = waiting.OldestAge,
                };
        }
    }

    private static bool IsReceived(Edge edge, Edge waiting) => edge.Service is not null
        && edge.Type == waiting.Type && edge.From == waiting.From && edge.Queue == waiting.Queue;

    private static QueueNode QueueOf(string name, List<Edge> edges, Dictionary<string, int>? deadIn) => new(
        name, edges.Sum(edge => edge.Messages), edges.Sum(edge => edge.Failures),
        deadIn is null ? edges.Sum(edge => edge.DeadLettered) : deadIn.GetValueOrDefault(name),
        edges.Sum(edge => edge.Waiting), edges.Max(edge => edge.OldestAge))
    {
        Receivers = NamesOf(edges.Select(edge => edge.Service)),
    };

    private static List<string> NamesOf(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Step(SentMessage Sent, string? Queue, FlowDelivery? Delivery);
}

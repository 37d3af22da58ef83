using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Flows.DeadLetters;
using Flows.Stitching;
using Flows.Topology;
using Flows.Traces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

/// <param name="Unused">What is bound to a queue, with the types of which no stored message reached it.</param>
public sealed record TopologyAnswer(
    IReadOnlyList<PathView> Paths, IReadOnlyList<QueueView> Queues, IReadOnlyList<string> Findings,
    IReadOnlyList<UnusedBindingView> Unused);

/// <summary>The messages of one type from a service through a queue to a service.</summary>
/// <param name="Queue">Null if no receiver took the message.</param>
/// <param name="To">The receiving service; null while it has not reported a message.</param>
/// <param name="Waits">Null while no message was received.</param>
/// <param name="WorstMessageId">The message that took the longest, or waits the longest.</param>
public sealed record PathView(
    string Type, string Kind, string? From, string? Queue, string? To, int Messages, double PerMinute, int FailedAttempts,
    int DeadLettered, int Waiting, double? OldestAgeMs, WaitPartsView? Waits, string WorstMessageId);

/// <summary>The parts of the wait of all attempts; a part is null if it was never measured.</summary>
public sealed record WaitPartsView(
    PercentilesView? Outbox, PercentilesView? Broker, PercentilesView? Prefetch, PercentilesView? RetryDelay, PercentilesView Handler,
    PercentilesView Total);

/// <summary>Milliseconds.</summary>
public sealed record PercentilesView(int Count, double P50Ms, double P95Ms, double MaxMs);

/// <param name="DeadLettered">The dead letters that are in the queue now, if their services are known; else those that went there.</param>
public sealed record QueueView(
    string Name, int Messages, int FailedAttempts, int DeadLettered, int Waiting, double? OldestAgeMs, IReadOnlyList<string> Receivers);

public sealed record UnusedBindingView(string Queue, string Service, IReadOnlyList<string> Types);

public static class GetTopology
{
    public static Ok<TopologyAnswer> Handle(
        MessageCatalog messages,
        TraceStore traces,
        DeadLetterStore letters,
        [Range(1, 10_080), Description("Only messages created in this time, and those that still wait. Without it: all that are stored.")]
        int? minutes = null)
    {
        TimeSpan? window = minutes is { } length ? TimeSpan.FromMinutes(length) : null;
        var view = TopologyReader.Read(messages.Current(), window, letters.Summary, traces.Bindings.Current());
        return TypedResults.Ok(new TopologyAnswer(
            [.. view.Edges.Select(PathOf)],
            [.. view.Queues.Select(queue => new QueueView(
                queue.Name, queue.Messages, queue.Failures, queue.DeadLettered, queue.Waiting, queue.OldestAge?.TotalMilliseconds,
                queue.Receivers))],
            [.. view.Findings.Select(finding => finding.Text)],
            [.. view.Unused.Select(binding => new UnusedBindingView(binding.Queue, binding.Service, binding.Types))]));
    }

    private static PathView PathOf(Edge edge) => new(
        edge.Type, edge.Kind, edge.From, edge.Queue, edge.Service, edge.Messages, edge.PerMinute, edge.Failures, edge.DeadLettered,
        edge.Waiting, edge.OldestAge?.TotalMilliseconds, edge.Times is { } times ? PartsOf(times) : null, edge.Worst.Id);

    private static WaitPartsView PartsOf(WaitTimes times) => new(
        OfMeasured(times.Outbox), OfMeasured(times.Broker), OfMeasured(times.Prefetch), OfMeasured(times.RetryDelay), Of(times.Handler),
        Of(times.Total));

    private static PercentilesView? OfMeasured(PartTimes? part) => part is null ? null : Of(part);

    private static PercentilesView Of(PartTimes part) => new(
        part.Count, part.P50.TotalMilliseconds, part.P95.TotalMilliseconds, part.Max.TotalMilliseconds);
}

using Flows.Traces;

namespace Flows.Topology;

/// <summary>
/// Services and queues with the messages between them in a period of time. Names are in alphabetical order, so that nothing moves.
/// </summary>
/// <param name="Unused">What is bound to a queue, with the types of which no stored message reached it.</param>
public sealed record TopologyView(
    TimeSpan? Window, IReadOnlyList<string> Publishers, IReadOnlyList<QueueNode> Queues, IReadOnlyList<string> Receivers,
    IReadOnlyList<Edge> Edges, IReadOnlyList<Finding> Findings, IReadOnlyList<QueueBinding> Unused);

/// <summary>Something that is declared but not observed, or observed but of no use.</summary>
/// <param name="Href">The messages that it is about.</param>
public sealed record Finding(string Text, string Href);

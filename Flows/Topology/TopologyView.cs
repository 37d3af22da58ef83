namespace Flows.Topology;

/// <summary>
/// Services and queues with the messages between them in a period of time. Names are in alphabetical order, so that nothing moves.
/// </summary>
public sealed record TopologyView(
    TimeSpan? Window, IReadOnlyList<string> Publishers, IReadOnlyList<QueueNode> Queues, IReadOnlyList<string> Receivers,
    IReadOnlyList<Edge> Edges, IReadOnlyList<Finding> Findings);

/// <summary>Something that is declared but not observed, or observed but of no use.</summary>
/// <param name="Href">The messages that it is about.</param>
public sealed record Finding(string Text, string Href);

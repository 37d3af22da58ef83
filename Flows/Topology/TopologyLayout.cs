namespace Flows.Topology;

/// <summary>
/// Places services and queues in three columns: publishers, queues, receivers. A service that does both stands on both sides, so every
/// arrow goes from left to right. Positions are pixels.
/// </summary>
public sealed class TopologyLayout
{
    public const int Width = 960;
    public const int NodeWidth = 220;
    public const int NodeHeight = 46;
    private const int Gap = 18;
    private const int Middle = (Width - NodeWidth) / 2;

    public TopologyLayout(TopologyView view)
    {
        var rows = Math.Max(view.Queues.Count, Math.Max(view.Publishers.Count, view.Receivers.Count));
        Height = Math.Max(1, rows) * (NodeHeight + Gap);
        var publishers = Column(view.Publishers, 0);
        var queues = Column([.. view.Queues.Select(queue => queue.Name)], Middle);
        var receivers = Column(view.Receivers, Width - NodeWidth);
        Nodes = [.. publishers.Values, .. receivers.Values];
        Queues = [.. view.Queues.Select(queue => (queue, queues[queue.Name]))];
        Lines =
        [
            .. LinesOf(view.Edges, edge => (edge.From, edge.Queue), publishers, queues),
            .. LinesOf(view.Edges, edge => (edge.Queue, edge.Service), queues, receivers),
        ];
    }

    public int Height { get; }
    public IReadOnlyList<Node> Nodes { get; }
    public IReadOnlyList<(QueueNode Queue, Node Node)> Queues { get; }
    public IReadOnlyList<Line> Lines { get; }

    private Dictionary<string, Node> Column(IReadOnlyList<string> names, int left)
    {
        var used = names.Count * (NodeHeight + Gap);
        var top = (Height - used + Gap) / 2;
        return names.Select((name, i) => new Node(name, left, top + (i * (NodeHeight + Gap))))
            .ToDictionary(node => node.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<Line> LinesOf(
        IReadOnlyList<Edge> edges,
        Func<Edge, (string? From, string? To)> ends,
        Dictionary<string, Node> left,
        Dictionary<string, Node> right) =>
        edges.GroupBy(ends)
            .Where(group => group.Key is { From: not null, To: not null })
            .Select(group => new Line(left[group.Key.From!], right[group.Key.To!], [.. group]));
}

public sealed record Node(string Name, int Left, int Top)
{
    public int Right => Left + TopologyLayout.NodeWidth;
    public int Center => Top + (TopologyLayout.NodeHeight / 2);
}

/// <summary>All messages between two nodes.</summary>
public sealed record Line(Node From, Node To, IReadOnlyList<Edge> Edges)
{
    public double PerMinute => Edges.Sum(edge => edge.PerMinute);
    public int Failures => Edges.Sum(edge => edge.Failures);

    /// <summary>One to six pixels, by the logarithm of the rate.</summary>
    public double Thickness => Math.Clamp(1.5 + Math.Log2(1 + PerMinute), 1.5, 6);
}

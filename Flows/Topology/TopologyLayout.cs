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
    private const int LabelWidth = 32;
    private const int LabelHeight = 13;
    private static readonly double[] LabelPlaces = [0.5, 0.3, 0.7, 0.4, 0.6, 0.22, 0.78];
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
        Lines = WithLabels(
        [
            .. LinesOf(view.Edges, edge => (edge.From, edge.Queue), publishers, queues),
            .. LinesOf(view.Edges, edge => (edge.Queue, edge.Service), queues, receivers),
        ]);
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

    // Lines cross in the middle, so the labels are spread along them.
    private static List<Line> WithLabels(List<Line> lines)
    {
        var placed = new List<Line>();
        foreach (var line in lines)
        {
            var free = LabelPlaces.Select(line.LabelledAt).FirstOrDefault(
                label => !placed.Exists(other =>
                    Math.Abs(other.LabelX - label.LabelX) < LabelWidth && Math.Abs(other.LabelY - label.LabelY) < LabelHeight));
            placed.Add(free ?? line.LabelledAt(LabelPlaces[0]));
        }

        return placed;
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

    public double LabelX { get; private init; }
    public double LabelY { get; private init; }

    /// <summary>With its label on the curve, at this part of it.</summary>
    public Line LabelledAt(double part)
    {
        // The drawing's curve: both control points are halfway, at the height of the ends.
        var rest = 1 - part;
        var bend = (From.Right + To.Left) / 2.0;
        return this with
        {
            LabelX = (rest * rest * rest * From.Right) + (3 * part * rest * bend) + (part * part * part * To.Left),
            LabelY = (rest * rest * (rest + (3 * part)) * From.Center) + (part * part * (part + (3 * rest)) * To.Center),
        };
    }

    /// <summary>One to six pixels, by the logarithm of the rate.</summary>
    public double Thickness => Math.Clamp(1.5 + Math.Log2(1 + PerMinute), 1.5, 6);
}

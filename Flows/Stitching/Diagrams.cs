using System.Globalization;
using System.Text;

namespace Flows.Stitching;

/// <summary>A flow as text for other tools.</summary>
public static class Diagrams
{
    /// <summary>
    /// A sequence diagram in Mermaid's language: <c>S0-)Q0: ordering.order-placed</c>. Names are declared as aliases, because Mermaid gives
    /// several characters a meaning.
    /// </summary>
    public static string Mermaid(FlowView flow)
    {
        var text = new StringBuilder("sequenceDiagram\n");
        var aliases = new Dictionary<(string Name, bool IsQueue), string>();
        var steps = new StringBuilder();
        foreach (var message in flow.Messages)
        {
            foreach (var delivery in message.Deliveries)
            {
                var queue = AliasOf(delivery.Queue, isQueue: true);
                if (message.From is { } from)
                {
                    steps.Append(CultureInfo.InvariantCulture, $"    {AliasOf(from, isQueue: false)}-){queue}: {Text(message.Type)}\n");
                }

                foreach (var attempt in delivery.Attempts)
                {
                    steps.Append(
                        CultureInfo.InvariantCulture,
                        $"    {queue}->>{AliasOf(delivery.Service, isQueue: false)}: {Text(message.Type)} ({Text(attempt.Outcome)})\n");
                }
            }
        }

        foreach (var ((name, isQueue), alias) in aliases)
        {
            text.Append(CultureInfo.InvariantCulture, $"    participant {alias} as {(isQueue ? "queue " : "")}{Text(name)}\n");
        }

        return text.Append(steps).ToString();

        string AliasOf(string name, bool isQueue)
        {
            if (!aliases.TryGetValue((name, isQueue), out var alias))
            {
                aliases.Add((name, isQueue), alias = $"{(isQueue ? "Q" : "S")}{aliases.Count}");
            }

            return alias;
        }
    }

    private static string Text(string text) => text.ReplaceLineEndings(" ").Replace(';', ',').Replace('#', ' ').Replace(':', '.');
}

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

            if (message.From is { } publisher)
            {
                AppendWaits(message, publisher);
            }
        }

        foreach (var ((name, isQueue), alias) in aliases)
        {
            text.Append(CultureInfo.InvariantCulture, $"    participant {alias} as {(isQueue ? "queue " : "")}{Text(name)}\n");
        }

        return text.Append(steps).ToString();

        void AppendWaits(FlowMessage message, string publisher)
        {
            foreach (var name in message.WaitsIn)
            {
                var queue = AliasOf(name, isQueue: true);
                steps.Append(
                    CultureInfo.InvariantCulture,
                    $"    {AliasOf(publisher, isQueue: false)}-){queue}: {Text(message.Type)} (not received yet)\n");
            }

            if (message is { Deliveries.Count: 0, WaitsIn.Count: 0 })
            {
                var note = message.State is FlowState.Scheduled
                    ? $"to be sent at {message.DueAt:yyyy-MM-dd HH.mm.ss} UTC"
                    : "not received yet";
                steps.Append(
                    CultureInfo.InvariantCulture, $"    Note over {AliasOf(publisher, isQueue: false)}: {Text(message.Type)} ({note})\n");
            }
        }

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

using System.Globalization;
using System.Text;

namespace Flows.Testing;

/// <summary>Draws a flow as text: a line for each attempt, with a bar that shows where the time went.</summary>
internal static class FlowText
{
    private const string Legend =
        "o outbox  b broker  p prefetch  r retry delay  d dead letters  = handler  x failed handler  > not received yet  ~ time left out";

    public static string Of(Flow flow)
    {
        var scale = new TextScale(MomentsOf(flow));
        var width = flow.Messages.SelectMany(LanesOf).Select(lane => lane.Length).DefaultIfEmpty(0).Max();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Flow {flow.Id}: {flow.State}, {flow.Messages.Count} messages, ");
        text.Append(Format(flow.Duration)).Append('\n').Append(Legend).Append('\n');
        foreach (var (number, message) in flow.Messages.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{number + 1,2} {message.Type} ({message.Kind}) from {message.From ?? "?"}\n");
            foreach (var line in LinesOf(message, flow, scale, width))
            {
                text.Append("   ").Append(line).Append('\n');
            }
        }

        return text.Append(ProcessOf(flow.Expected)).ToString();
    }

    private static IEnumerable<string> LinesOf(FlowMessage message, Flow flow, TextScale scale, int width)
    {
        foreach (var delivery in message.Deliveries)
        {
            DateTimeOffset? ended = null;
            foreach (var attempt in delivery.Attempts)
            {
                var bar = scale.Draw(PartsOf(message, attempt, ended));
                yield return $"{(ended is null ? LaneOf(delivery) : "").PadRight(width)} |{bar}| {Describe(attempt, delivery, flow.Start)}";
                if (attempt.Error is not null)
                {
                    yield return $"{"".PadRight(width)}  {attempt.Error}";
                }

                ended = attempt.HandledAt;
            }
        }

        foreach (var queue in message.WaitsIn)
        {
            var bar = scale.Draw([(SentAt(message) ?? flow.Start, flow.Start + flow.Duration, '>')]);
            yield return $"{queue.PadRight(width)} |{bar}| not received yet";
        }
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To, char Mark)> PartsOf(
        FlowMessage message, FlowAttempt attempt, DateTimeOffset? previousEnd)
    {
        var handling = attempt.HandledAt - attempt.Wait.Handler;
        if (previousEnd is { } end)
        {
            var replayed = end + (attempt.Wait.DeadLetters ?? TimeSpan.Zero);
            yield return (end, replayed, 'd');
            yield return (replayed, handling, replayed == end ? 'r' : 'b');
        }
        else if (SentAt(message) is { } sent)
        {
            var received = handling - (attempt.Wait.Prefetch ?? TimeSpan.Zero);
            yield return (message.CreatedAt ?? sent, sent, 'o');
            yield return (sent, received, 'b');
            yield return (received, handling, 'p');
        }

        yield return (handling, attempt.HandledAt, IsFailure(attempt) ? 'x' : '=');
    }

    private static string Describe(FlowAttempt attempt, FlowDelivery delivery, DateTimeOffset start)
    {
        var number = delivery.Attempts.Count > 1 ? $"attempt {attempt.Number}: " : "";
        var waited = Format(attempt.Wait.Total - attempt.Wait.Handler);
        var at = Format(attempt.HandledAt - start);
        return $"+{at,-8} {number}{attempt.Outcome}, waited {waited}, ran {Format(attempt.Wait.Handler)}";
    }

    private static string ProcessOf(FlowComparison? comparison)
    {
        if (comparison is null)
        {
            return "";
        }

        var open = comparison.Steps.Where(step => step.IsFault || step.State == "Waiting").ToArray();
        var lines = open.Select(step => $"   {step.State,-10} {step.Message}: {step.Explanation}\n");
        return $"\nProcess {comparison.Process}: {comparison.Faults} faults\n{string.Concat(lines)}";
    }

    private static IEnumerable<DateTimeOffset> MomentsOf(Flow flow)
    {
        var waits = flow.Messages.Any(message => message.WaitsIn.Count > 0);
        return flow.Messages
            .SelectMany(message => message.Deliveries.SelectMany(delivery => delivery.Attempts)
                .SelectMany(attempt => new[] { attempt.HandledAt - attempt.Wait.Handler, attempt.HandledAt })
                .Concat(new[] { message.CreatedAt, message.PublishedAt }.OfType<DateTimeOffset>()))
            .Concat(waits ? [flow.Start + flow.Duration] : []);
    }

    private static IEnumerable<string> LanesOf(FlowMessage message) => message.Deliveries.Select(LaneOf).Concat(message.WaitsIn);

    private static string LaneOf(FlowDelivery delivery) =>
        delivery.Queue == delivery.Service ? delivery.Queue : $"{delivery.Queue} ({delivery.Service})";

    private static DateTimeOffset? SentAt(FlowMessage message) => message.PublishedAt ?? message.CreatedAt;

    private static bool IsFailure(FlowAttempt attempt) => attempt.Outcome is "retried" or "dead-lettered" or "failed";

    private static string Format(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s"),
        _ => time.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture),
    };
}

using System.Diagnostics.CodeAnalysis;
using Flows.Stitching;

namespace Flows.Api;

/// <summary>What a client waits for: a message was handled by its required queues, or by one queue (<c>type@queue</c>).</summary>
public sealed record Milestone(string Type, string? Queue) : IParsable<Milestone>
{
    public bool IsReachedBy(FlowView flow) => flow.Messages.Any(message => message.Type == Type && IsHandled(message));

    public static Milestone Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var milestone) ? milestone : throw new FormatException($"'{s}' is not a milestone.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Milestone result)
    {
        result = s?.Split('@', 2, StringSplitOptions.TrimEntries) switch
        {
            [{ Length: > 0 } type] => new Milestone(type, Queue: null),
            [{ Length: > 0 } type, { Length: > 0 } queue] => new Milestone(type, queue),
            _ => null,
        };
        return result is not null;
    }

    private bool IsHandled(FlowMessage message) => Queue is null
        ? message.State == FlowState.Done
        : message.Deliveries.Any(delivery => delivery.Queue == Queue && delivery.Attempts.Any(attempt => !attempt.IsFailure));
}

using Flows.Stitching;

namespace Flows.Pages.Parts;

public static class FlowWords
{
    public static string Of(FlowState state) => state switch
    {
        FlowState.InFlight => "In flight",
        FlowState.DeadLettered => "Dead-lettered",
        _ => state.ToString(),
    };

    public static Tone ToneOf(FlowState state) => state switch
    {
        FlowState.Done => Tone.Good,
        FlowState.Scheduled => Tone.Quiet,
        FlowState.InFlight => Tone.Busy,
        FlowState.Retrying => Tone.Warning,
        _ => Tone.Bad,
    };

    public static string ToneOfOutcome(string outcome) => outcome switch
    {
        "handled" => "good",
        "retried" => "warning",
        "dead-lettered" or "failed" => "bad",
        _ => "",
    };

    /// <summary>What an outcome without error and without effect means; null for others.</summary>
    public static string? EffectOf(string outcome) => outcome switch
    {
        "duplicate" => "handled before, no second effect",
        "stale" => "a newer version was handled, no effect",
        _ => null,
    };

    public static string IconOf(FlowMessage message) => message.Kind == "command" ? "command" : "event";

    /// <summary>An error without the namespace of its exception, which takes the room of the reason.</summary>
    public static string Brief(string error)
    {
        var colon = error.IndexOf(": ", StringComparison.Ordinal);
        var type = colon < 0 ? error : error[..colon];
        return type.Contains(' ', StringComparison.Ordinal) ? error : error[(type.LastIndexOf('.') + 1)..];
    }

    /// <summary>The tries that ended in an error.</summary>
    public static int FailedTries(FlowView flow) =>
        flow.Messages.Sum(message => message.Deliveries.Sum(delivery => delivery.Attempts.Count(attempt => attempt.IsFailure)));

    /// <summary>The page of a message.</summary>
    public static string Href(SentMessage sent) => HrefOf(sent.Id);

    public static string HrefOf(string messageId) => $"/messages/{Uri.EscapeDataString(messageId)}";
}

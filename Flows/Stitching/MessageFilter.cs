namespace Flows.Stitching;

/// <summary>A filter for messages. A null property does not restrict the result.</summary>
/// <param name="Text">
/// Searched in the type and in errors; or the message's id or key or the flow's key, whole or by its first four characters or more.
/// </param>
/// <param name="Service">The publisher, or one of the receivers.</param>
/// <param name="Queue">A queue that the message went through or waits in.</param>
/// <param name="State">The state of the message or, with a queue, its state in that queue.</param>
public sealed record MessageFilter(
    string? Text = null, string? Type = null, string? Service = null, string? Queue = null, FlowState? State = null)
{
    /// <summary>From an address, where an empty parameter does not restrict the result.</summary>
    public static MessageFilter Of(string? text, string? type, string? service, string? queue, FlowState? state) =>
        new(NotEmpty(text)?.Trim(), NotEmpty(type), NotEmpty(service), NotEmpty(queue), state);

    public bool IsEmpty => this == new MessageFilter();

    public bool Matches(SentMessage sent) =>
        (State is null || (Queue is null ? sent.Message.State : sent.Message.StateIn(Queue)) == State)
        && (Type is null || sent.Message.Type == Type)
        && (Service is null || sent.Message.From == Service || sent.Message.Deliveries.Any(delivery => delivery.Service == Service))
        && (Queue is null || sent.Message.Deliveries.Any(delivery => delivery.Queue == Queue) || sent.Message.WaitsIn.Contains(Queue))
        && (Text is null || IsKnownBy(sent));

    private bool IsKnownBy(SentMessage sent) =>
        Has(sent.Message.Type) || IsKey(sent.Message.Key) || IsKey(sent.Message.Id) || IsKey(sent.Flow.Key)
        || sent.Message.Deliveries.Any(delivery => delivery.Attempts.Any(attempt => Has(attempt.Error)));

    private bool IsKey(string? key) => KeySearch.Finds(Text!, key);

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private bool Has(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) is true;
}

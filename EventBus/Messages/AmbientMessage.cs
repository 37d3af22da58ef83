namespace EventBus.Messages;

/// <summary>
/// The message being handled in the current asynchronous flow; messages published by its handler take over its correlation id.
/// </summary>
internal static class AmbientMessage
{
    private static readonly AsyncLocal<MessageContext?> Slot = new();

    public static MessageContext? Current
    {
        get => Slot.Value;
        set => Slot.Value = value;
    }
}

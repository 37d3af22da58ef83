namespace EventBus.Messages;

internal enum MessageKind : short
{
    /// <summary>A fact; any number of receivers.</summary>
    Event = 0,

    /// <summary>A request; exactly one receiver.</summary>
    Command = 1,
}

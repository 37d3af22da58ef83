namespace EventBus.Messages;

/// <summary>What a message is: a fact for many, or a request to one.</summary>
public enum MessageKind : short
{
    /// <summary>A fact; any number of receivers.</summary>
    Event = 0,

    /// <summary>A request; exactly one receiver.</summary>
    Command = 1,
}

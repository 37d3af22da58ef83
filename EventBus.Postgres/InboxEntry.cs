namespace EventBus.Postgres;

/// <summary>A row of <c>messaging.inbox</c>: this consumer handled this message. Committed together with what the handler wrote.</summary>
internal sealed class InboxEntry
{
    public string Consumer { get; init; } = "";

    public Guid MessageId { get; init; }

    public DateTimeOffset HandledAt { get; init; }
}

/// <summary>
/// A row of <c>messaging.handled_versions</c>: the newest version of an aggregate that a consumer received with a type of message.
/// </summary>
internal sealed class HandledVersion
{
    public string Consumer { get; init; } = "";

    public string Type { get; init; } = "";

    public string Key { get; init; } = "";

    public long Version { get; init; }

    public DateTimeOffset HandledAt { get; init; }
}

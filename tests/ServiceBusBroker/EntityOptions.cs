namespace ServiceBusBroker;

/// <summary>The properties of a queue or subscription that a client notices.</summary>
public sealed record EntityOptions
{
    /// <summary>How long a message or session stays locked without a renewal. Default: 30 s.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failed deliveries after which a message becomes a dead letter. Default: 10.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>Messages are received by session only. Default: false.</summary>
    public bool RequiresSession { get; init; }
}

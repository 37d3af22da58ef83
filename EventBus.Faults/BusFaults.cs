namespace EventBus.Faults;

/// <summary>The faults of this process. Each ends when its time is over; beginning it again replaces it.</summary>
public sealed class BusFaults(TimeProvider clock)
{
    private volatile HandlerFault? _handlers;
    private long _publishingTwice;
    private long _reversing;

    /// <summary>Messages are published twice.</summary>
    public bool PublishesTwice => IsBefore(ref _publishingTwice);

    /// <summary>Messages are handed to the handlers in reverse.</summary>
    public bool Reverses => IsBefore(ref _reversing);

    /// <summary>
    /// Lets handlers fail after they did their work and before it is committed. A message that is chosen fails at each attempt.
    /// </summary>
    /// <param name="type">The wire name of the messages; null: all.</param>
    /// <param name="percent">How many of them: 1 to 100.</param>
    /// <param name="duration">When it ends.</param>
    public void FailHandlers(string? type, int percent, TimeSpan duration) =>
        _handlers = new HandlerFault(type, percent, Random.Shared.Next(), EndOf(duration));

    /// <summary>Publishes each batch of the outbox twice.</summary>
    public void PublishTwice(TimeSpan duration) => Volatile.Write(ref _publishingTwice, EndOf(duration));

    /// <summary>Collects what arrives, and hands it to the handlers in reverse.</summary>
    public void Reverse(TimeSpan duration) => Volatile.Write(ref _reversing, EndOf(duration));

    internal bool Fails(string type, Guid messageId) =>
        _handlers is { } fault && clock.GetTimestamp() < fault.EndsAt && (fault.Type is null || fault.Type == type)
        && (uint)HashCode.Combine(fault.Seed, messageId) % 100 < fault.Percent;

    private bool IsBefore(ref long end) => clock.GetTimestamp() < Volatile.Read(ref end);

    private long EndOf(TimeSpan duration) => clock.GetTimestamp() + (long)(duration.TotalSeconds * clock.TimestampFrequency);

    private sealed record HandlerFault(string? Type, int Percent, int Seed, long EndsAt);
}

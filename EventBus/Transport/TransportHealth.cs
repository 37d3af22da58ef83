namespace EventBus.Transport;

/// <summary>The state of a transport.</summary>
/// <param name="DownSince">Since when the broker cannot be reached; null while it can.</param>
/// <param name="Problems">What is wrong, one sentence each; empty when all is well.</param>
/// <param name="Blocked">The broker is reachable but accepts no messages now, for example because its disk is full.</param>
public sealed record TransportHealth(DateTimeOffset? DownSince, IReadOnlyList<string> Problems, bool Blocked = false);

using EventBus.Messages;

namespace EventBus.Transport;

/// <summary>A queue of a service: the events it subscribes to arrive in one queue, each command it handles in a queue of its own.</summary>
/// <remarks>
/// Messages with the same key are handled one at a time and in order, also when several replicas of the service run. How that is reached
/// (one active consumer, sessions, partitions) is up to the transport. Commands are shared among the replicas.
/// </remarks>
/// <param name="Name">The name: of the service for events, the wire name for a command.</param>
/// <param name="Kind">What arrives in it.</param>
/// <param name="Types">The wire names of the messages it receives.</param>
/// <param name="RetryDelays">Each delay that <see cref="Delivery.ResendAsync"/> may be called with, besides zero.</param>
public sealed record QueuePlan(string Name, MessageKind Kind, IReadOnlyList<string> Types, IReadOnlyList<TimeSpan> RetryDelays);

using System.Reflection;

namespace EventBus.Failure;

/// <summary>Why a message becomes a dead letter.</summary>
/// <param name="Reason">One of <see cref="Transport.DeadLetterReasons"/>.</param>
/// <param name="Fault">What the last attempt ended with; null when no handler was called.</param>
/// <param name="Frame">Where in the service's own code the fault occurred; null when not there.</param>
internal sealed record DeadLetterCause(string Reason, Exception? Fault = null, string? Frame = null)
{
    public static DeadLetterCause Of(string reason, Exception fault, IEnumerable<Assembly> own) =>
        new(reason, fault, OwnFrame.Of(fault, [.. own]));
}

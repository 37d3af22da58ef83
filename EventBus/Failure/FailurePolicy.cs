using System.Net.Sockets;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using StackExchange.Redis;

namespace EventBus.Failure;

/// <summary>What happens to a message whose handling failed. Every such decision is made here.</summary>
internal static class FailurePolicy
{
    /// <param name="fault">What the attempt ended with.</param>
    /// <param name="tries">How often this attempt has tried by now.</param>
    /// <param name="attempt">Which attempt this is; the first is 1.</param>
    public static FailureDecision Decide(Exception fault, int tries, int attempt, EventBusOptions options) => fault switch
    {
        // The message is fine and the database is not: moving messages away would turn an outage into a pile of dead letters.
        _ when IsStoreAway(fault) => new FailureDecision.WaitForStore(Jitter.Backoff(tries, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10))),

        JsonException => new FailureDecision.DeadLetter(DeadLetterReasons.BadBody),

        _ when tries < options.ImmediateTries && IsTransient(fault) =>
            new FailureDecision.TryNow(Jitter.Backoff(tries, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1))),

        _ when attempt <= options.RetryLadder.Count => new FailureDecision.TryLater(options.RetryLadder[attempt - 1]),

        _ => new FailureDecision.DeadLetter(DeadLetterReasons.Failed),
    };

    /// <summary>Worth trying again at once: somebody else was in the way.</summary>
    private static bool IsTransient(Exception fault) => Causes(fault).Any(cause => cause is
        DbUpdateConcurrencyException
        or UnitOfWorkConflictException
        or PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.UniqueViolation,
        });

    /// <summary>The service's own database cannot be reached, so that no message could be handled now.</summary>
    private static bool IsStoreAway(Exception fault) => Causes(fault).Any(cause => cause switch
    {
        PostgresException { SqlState: { } state } => state.StartsWith("08", StringComparison.Ordinal)
            || state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
        RedisConnectionException or RedisTimeoutException => true,
        _ => false,
    });

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}

internal abstract record FailureDecision
{
    private FailureDecision()
    {
    }

    /// <summary>Keep the message and try again when the store may be back; does not count.</summary>
    public sealed record WaitForStore(TimeSpan Pause) : FailureDecision;

    public sealed record TryNow(TimeSpan Pause) : FailureDecision;

    /// <summary>Move it to the retry queue of this delay.</summary>
    public sealed record TryLater(TimeSpan Delay) : FailureDecision;

    public sealed record DeadLetter(string Reason) : FailureDecision;
}

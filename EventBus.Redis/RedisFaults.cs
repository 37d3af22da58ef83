using EventBus.Failure;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>
/// Judges StackExchange.Redis' exceptions. A command that timed out is a fault of the handler: the same command may be slow every time. A
/// Redis that does not answer at all shows before the handler is called (<see cref="StoreUnavailableException"/>).
/// </summary>
internal sealed class RedisFaults : IStoreFaults
{
    // The first words of the replies of a Redis that takes no writes at the moment: its memory or disk is full, it starts, it is no longer
    // or not yet the primary, or parts of a cluster are missing.
    private static readonly HashSet<string> Unavailable =
        ["OOM", "MISCONF", "LOADING", "BUSY", "READONLY", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN"];

    public FaultKind Judge(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RedisConnectionException:
                case RedisServerException reply when Unavailable.Contains(reply.Message.Split(' ')[0]):
                    return FaultKind.StoreUnavailable;
                case UnitOfWorkConflictException:
                    return FaultKind.Conflict;
            }
        }

        return FaultKind.Handler;
    }

    /// <summary>
    /// A command of the transaction was refused before it was executed. The reply does not say why: Redis may be full, or the command
    /// wrong.
    /// </summary>
    public static bool IsAborted(RedisServerException fault) => fault.Message.StartsWith("EXECABORT", StringComparison.Ordinal);
}

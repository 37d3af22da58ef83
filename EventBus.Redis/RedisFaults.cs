using EventBus.Failure;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>
/// Judges StackExchange.Redis' exceptions. A command that timed out is a fault of the handler: the same command may be slow every time. A
/// Redis that does not answer at all shows before the handler is called (<see cref="StoreUnavailableException"/>).
/// </summary>
internal sealed class RedisFaults : IStoreFaults
{
    public FaultKind Judge(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RedisConnectionException:
                    return FaultKind.StoreUnavailable;
                case UnitOfWorkConflictException:
                    return FaultKind.Conflict;
            }
        }

        return FaultKind.Handler;
    }
}

namespace Catalog.Api.Caching;

public sealed partial class WatchOtherReplicas
{
    [LoggerMessage(LogLevel.Warning, "Looking for changes of other replicas failed; cached answers may be outdated: {Reason}")]
    private partial void LogLookFailed(string reason);
}

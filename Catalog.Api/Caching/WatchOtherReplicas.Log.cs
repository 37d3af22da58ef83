namespace Catalog.Api.Caching;

public sealed partial class WatchOtherReplicas
{
    [LoggerMessage(LogLevel.Warning, "Could not look for changes of other replicas, cached answers may be old: {Reason}")]
    private partial void LogLookFailed(string reason);
}

namespace Flows.Following;

public sealed partial class DashboardFollower
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Following the {Signal} of Aspire's dashboard, which has {Stored} stored.")]
    private partial void LogFollowing(string signal, long stored);

    [LoggerMessage(Level = LogLevel.Information, Message = "Aspire's dashboard ended the stream of {Signal}; connecting again.")]
    private partial void LogEnded(string signal);

    [LoggerMessage(Message = "The {Signal} of Aspire's dashboard cannot be followed; trying again every few seconds. {Fault}")]
    private partial void LogFailed(LogLevel level, string signal, string fault);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Missed} of the stored {Signal} were not read: the dashboard returns only the oldest and the newest 10,000.")]
    private partial void LogMissed(long missed, string signal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A line of {Signal} was skipped: {Fault}")]
    private partial void LogUnreadable(string signal, string fault);
}

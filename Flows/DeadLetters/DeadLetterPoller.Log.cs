using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flows.DeadLetters;

public sealed partial class DeadLetterPoller
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The dead letters of {Source} cannot be read: {Fault}")]
    private partial void LogUnreachable(string source, string fault);
}

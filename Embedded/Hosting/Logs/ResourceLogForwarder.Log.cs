using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Logs;

internal sealed partial class ResourceLogForwarder
{
    [LoggerMessage("{LineNumber}: {LineContent}")]
    private static partial void LogLine(ILogger logger, LogLevel level, int lineNumber, string lineContent);
}

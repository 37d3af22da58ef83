using LogLevel = Flows.Traces.LogLevel;

namespace Flows.Pages.Parts;

public static class LogLevels
{
    public static string Brief(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Critical => "crit",
        _ => level.ToString().ToLowerInvariant(),
    };
}

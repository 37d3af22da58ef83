using LogLevel = Dashboard.Telemetry.LogLevel;

namespace Dashboard.Components.Parts;

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

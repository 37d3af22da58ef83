using Flows.Otlp.Wire.Logs;
using Flows.Traces;
using LogLevel = Flows.Traces.LogLevel;

namespace Flows.Otlp;

/// <summary>Takes log lines from the wire into the log store. For one thread at a time.</summary>
public sealed class LogReader(LogStore logs, TagReader tags, SourceReader sources, TimeProvider clock)
{
    public void Read(LogsData data)
    {
        foreach (var resourceLogs in data.ResourceLogs)
        {
            var source = sources.Read(resourceLogs.Resource);
            foreach (var scopeLogs in resourceLogs.ScopeLogs)
            {
                foreach (var record in scopeLogs.LogRecords)
                {
                    Read(record, source);
                }
            }
        }
    }

    private void Read(LogRecord record, TelemetrySource source)
    {
        var attributes = tags.Read(record.Attributes);
        var text = tags.Text(record.Body);
        var message = text.Length > 0 ? text : tags.Cut(record.EventName);
        logs.Add(new LogEntry
        {
            Time = TimeOf(record),
            Level = LevelOf(record.SeverityNumber),
            Message = tags.Intern(message),
            Source = source,
            TraceId = TraceId.From(record.TraceId.Span),
            SpanId = SpanId.From(record.SpanId.Span),
            Tags = attributes,
            Bytes = 260 + source.Bytes + (message.Length * 2) + TagReader.BytesOf(attributes),
        });
    }

    private DateTimeOffset TimeOf(LogRecord record)
    {
        var nanos = record.TimeUnixNano != 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano;
        return nanos is 0 or > long.MaxValue ? clock.GetUtcNow() : UnixNanos.ToTime((long)nanos);
    }

    // OTLP: 1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error, 21-24 fatal; 0 is unspecified.
    private static LogLevel LevelOf(int severity) => severity switch
    {
        <= 0 => LogLevel.Information,
        <= 4 => LogLevel.Trace,
        <= 8 => LogLevel.Debug,
        <= 12 => LogLevel.Information,
        <= 16 => LogLevel.Warning,
        <= 20 => LogLevel.Error,
        _ => LogLevel.Critical,
    };
}

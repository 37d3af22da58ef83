using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

/// <summary>
/// What a service logs from the level Information on, whatever its settings filter, and the spans that it exports, as they are after its
/// own processors.
/// </summary>
internal sealed class CapturedTelemetry : BaseProcessor<Activity>, ILoggerProvider, ISupportExternalScope
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<CapturedLine> _lines = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private IExternalScopeProvider? _scopes;

    public IReadOnlyCollection<CapturedLine> Lines => _lines;

    public void AddTo(IServiceCollection services)
    {
        services.AddLogging(logging => logging.AddProvider(this).AddFilter<CapturedTelemetry>(category: null, LogLevel.Information));
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(this));
    }

    /// <summary>Waits until the exported spans are as expected: the span of a request ends after its response.</summary>
    public async Task<IReadOnlyList<Activity>> SpansAsync(Func<IReadOnlyList<Activity>, bool> isExpected)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            IReadOnlyList<Activity> spans = [.. _spans];
            if (isExpected(spans))
            {
                return spans;
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Exported are only {string.Join(", ", spans.Select(span => span.DisplayName))}.");
            }

            await timer.WaitForNextTickAsync(Xunit.TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The entries of the audit log so far: their event and their values, as in <c>OrderShipped UserId=1 OrderId=2</c>.</summary>
    public IEnumerable<string> Audited =>
        from line in _lines
        where line.Category == "Security.Audit"
        let format = $"{line.Values["{OriginalFormat}"]}"
        let values =
            from value in line.Values
            let at = format.IndexOf($"{{{value.Key}}}", StringComparison.Ordinal)
            where at >= 0
            orderby at
            select $" {value.Key}={value.Value}"
        select line.Event + string.Concat(values);

    /// <summary>All that was logged and exported so far and contains one of the texts, in any case.</summary>
    public IEnumerable<string> Find(params string[] texts) => _lines.Select(line => line.Text).Concat(_spans.Select(TextOf))
        .Where(told => texts.Any(text => told.Contains(text, StringComparison.OrdinalIgnoreCase)));

    public override void OnEnd(Activity data)
    {
        // As every exporter does.
        if (data.Recorded)
        {
            _spans.Enqueue(data);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public static string TextOf(Activity span)
    {
        var text = new StringBuilder($"{span.DisplayName} {span.StatusDescription} {span.TraceStateString}");
        Append(text, span.TagObjects);
        foreach (var happened in span.Events)
        {
            text.Append(' ').Append(happened.Name);
            Append(text, happened.Tags);
        }

        foreach (var (name, value) in span.Baggage)
        {
            text.Append(' ').Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach (var (name, value) in values)
        {
            text.Append(' ').Append(name).Append('=').Append(value is object[] several ? string.Join(',', several) : value);
        }
    }

    private sealed class Logger(CapturedTelemetry captured, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => captured._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            IReadOnlyList<KeyValuePair<string, object?>> values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            var text = new StringBuilder($"{logLevel} {category}: {message} {exception}");
            Append(text, values);
            captured._scopes?.ForEachScope(
                (scope, told) =>
                {
                    told.Append(' ').Append(scope);
                    Append(told, scope as IEnumerable<KeyValuePair<string, object?>> ?? []);
                },
                text);
            captured._lines.Enqueue(new CapturedLine(
                category, logLevel, eventId.Name, message, values.ToDictionary(value => value.Key, value => value.Value), $"{text}"));
        }
    }
}

/// <param name="Text">Everything about the line: message, values, scopes, exception.</param>
internal sealed record CapturedLine(
    string Category, LogLevel Level, string? Event, string Message, IReadOnlyDictionary<string, object?> Values, string Text);

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's console.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage)
{
    internal DateTimeOffset At { get; init; }
}

/// <summary>Keeps the console of every resource: the last lines of it, and new ones as they come.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ConsoleLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _timeProvider;

    internal ResourceLoggerService(TimeProvider timeProvider) => _timeProvider = timeProvider;

    internal IEnumerable<string> Names => _logs.Keys;

    /// <summary>A logger that writes into the console of a resource.</summary>
    public ILogger GetLogger(IResource resource) => GetLogger(resource.Name);

    /// <summary>A logger that writes into the console of a resource or replica.</summary>
    public ILogger GetLogger(string resourceName) => new ConsoleLogger(Of(resourceName));

    /// <summary>The last lines of a resource, and then new ones until its log is complete.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.Name);

    /// <summary>The last lines of a resource or replica, and then new ones until its log is complete.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Of(resourceName).WatchAsync(CancellationToken.None);

    /// <summary>The last lines of a resource.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => GetAllAsync(resource.Name);

    /// <summary>The last lines of a resource or replica.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask;
        if (Of(resourceName).Last(int.MaxValue) is { Count: > 0 } lines)
        {
            yield return lines;
        }
    }

    /// <summary>Ends the watching of a resource's log.</summary>
    public void Complete(IResource resource) => Complete(resource.Name);

    /// <summary>Ends the watching of a resource's or replica's log.</summary>
    public void Complete(string name) => Of(name).Complete();

    /// <summary>Forgets the lines of a resource.</summary>
    public void ClearBacklog(string resourceName) => Of(resourceName).Clear();

    internal ConsoleLog Of(string resourceName) => _logs.GetOrAdd(resourceName, static (_, time) => new ConsoleLog(time), _timeProvider);

    private sealed class ConsoleLogger(ConsoleLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}";
            foreach (var line in text.Split('\n'))
            {
                log.Add(line.TrimEnd('\r'), isError: logLevel >= LogLevel.Error);
            }
        }
    }
}

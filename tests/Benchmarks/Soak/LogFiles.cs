using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Soak;

/// <summary>Writes what each resource prints to a file of its own, so that a failed run can be understood.</summary>
internal sealed class LogFiles : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, File> _files = new(StringComparer.Ordinal);

    public string Folder { get; } = Directory.CreateTempSubdirectory("soak-").FullName;

    public ILogger CreateLogger(string categoryName)
    {
        var resource = categoryName[(categoryName.LastIndexOf('.') + 1)..];
        return _files.GetOrAdd(resource, name => new File(Path.Combine(Folder, $"{name}.log")));
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private sealed class File(string path) : ILogger, IDisposable
    {
        private readonly Lazy<TextWriter> _writer = new(() => TextWriter.Synchronized(new StreamWriter(path) { AutoFlush = true }));

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _writer.Value.WriteLine(formatter(state, exception));

        public void Dispose()
        {
            if (_writer.IsValueCreated)
            {
                _writer.Value.Dispose();
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console of one resource: the last <see cref="Kept"/> lines, and whoever watches for more. Secrets are struck out on the way in.</summary>
internal sealed class ConsoleLog(TimeProvider timeProvider)
{
    public const int Kept = 5_000;

    // A watcher that does not read loses the oldest lines, not the application's memory.
    private static readonly BoundedChannelOptions Bounded = new(Kept * 2) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<Channel<LogLine>> _watchers = [];
    private string[] _secrets = [];
    private int _number;
    private int _lastOfEarlier;
    private bool _isComplete;

    public void Hide(IEnumerable<string> secrets)
    {
        lock (_gate)
        {
            // Short ones are no secrets worth the name, and would strike out half of every line.
            _secrets = [.. _secrets.Union(secrets.Where(secret => secret.Length >= 8)).OrderByDescending(secret => secret.Length)];
        }
    }

    public void Add(string text, bool isError)
    {
        lock (_gate)
        {
            foreach (var secret in _secrets)
            {
                text = text.Replace(secret, "********", StringComparison.Ordinal);
            }

            var line = new LogLine(++_number, text, isError) { At = timeProvider.GetUtcNow() };
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(line);
            }
        }
    }

    public IReadOnlyList<LogLine> Last(int count)
    {
        lock (_gate)
        {
            return [.. _lines.TakeLast(count)];
        }
    }

    /// <summary>From here on another process writes: what the one before it said is not why this one ends.</summary>
    public void BeginProcess()
    {
        lock (_gate)
        {
            _lastOfEarlier = _number;
        }
    }

    /// <summary>The lines that tell why the process ended: from its last unhandled exception on, or its last ones.</summary>
    public IReadOnlyList<LogLine> Reason(int count)
    {
        var last = Last(count * 5).Where(line => line.LineNumber > _lastOfEarlier).ToList();
        var thrown = last.FindLastIndex(line => line.Content.Contains("Unhandled exception", StringComparison.OrdinalIgnoreCase));
        return [.. thrown >= 0 ? last.Skip(thrown).Take(count) : last.TakeLast(count)];
    }

    public void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
        }
    }

    /// <summary>Ends the watching, also of those who come later: they get the lines that there are.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryComplete();
            }

            _watchers.Clear();
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<LogLine>(Bounded);
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                channel.Writer.TryWrite(line);
            }

            if (_isComplete)
            {
                channel.Writer.Complete();
            }
            else
            {
                _watchers.Add(channel);
            }
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (batch.Count < 500 && channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }
}

using Dashboard.Resources.V1;
using Dashboard.Telemetry;

namespace Dashboard.Resources;

/// <summary>The newest lines that one resource printed.</summary>
public sealed class ConsoleLog(int capacity)
{
    private const int LongestLine = 16_384;
    private readonly BoundedLog<ConsoleLine> _lines = new(capacity);
    private long _dropped;

    public long Version => _lines.Appended;

    /// <summary>Lines let go to stay within the limit.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public List<ConsoleLine> Snapshot() => _lines.Snapshot();

    internal void Add(ConsoleLine line)
    {
        if (line.Text.Length > LongestLine)
        {
            line.Text = string.Concat(line.Text.AsSpan(0, LongestLine), "…");
        }

        if (_lines.IsFull)
        {
            _lines.RemoveOldest();
            Volatile.Write(ref _dropped, _dropped + 1);
        }

        _lines.Append(line);
    }
}

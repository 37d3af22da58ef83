using System.Collections.Concurrent;

namespace Aspire.Hosting.Run;

/// <summary>What a person at the terminal reads: a line for each thing that happens, with the seconds since the start.</summary>
internal sealed class Terminal(TimeProvider time, bool quiet)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _told = new();
    private readonly long _began = time.GetTimestamp();

    public void Say(string resource, string what) => Say($"{time.GetElapsedTime(_began).TotalSeconds,6:0.0} s  {resource,-14} {what}");

    public void Say(string line)
    {
        if (!quiet)
        {
            lock (_gate)
            {
                Console.Out.WriteLine(line);
            }
        }
    }

    /// <summary>Something went wrong: why, and the last lines of the resource's console.</summary>
    public void Fail(string resource, string why, IReadOnlyList<string> lastLines)
    {
        // Whatever crashes again and again for one reason tells it once.
        var isTold = lastLines.Count > 0 && _told.TryGetValue(resource, out var before) && before.SequenceEqual(lastLines);
        _told[resource] = lastLines;
        Say(resource, lastLines.Count == 0 ? why : $"{why.TrimEnd('.')}; last lines{(isTold ? " as before" : ":")}");
        foreach (var line in isTold ? [] : lastLines)
        {
            Say($"          | {line}");
        }
    }
}

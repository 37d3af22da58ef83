using System.Diagnostics;

namespace Benchmarks.Messaging;

/// <summary>The rate from the first to the last item. The time before the first item is not included.</summary>
internal sealed class Rate(int expected)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _count;
    private int _ofFirst;
    private long _first;
    private long _last;

    public void Add(int count)
    {
        lock (_gate)
        {
            _last = Stopwatch.GetTimestamp();
            if (_count == 0)
            {
                (_first, _ofFirst) = (_last, count);
            }

            _count += count;
            if (_count >= expected)
            {
                _done.TrySetResult();
            }
        }
    }

    /// <summary>Waits until all expected are done.</summary>
    public async Task<double> PerSecondAsync(CancellationToken cancellationToken)
    {
        await _done.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        lock (_gate)
        {
            return (_count - _ofFirst) / Stopwatch.GetElapsedTime(_first, _last).TotalSeconds;
        }
    }

    /// <summary>Starts again and again until the time is over.</summary>
    public static async Task<double> OfAsync(TimeSpan duration, int each, Func<Task> run, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        long count = 0;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await run().WaitAsync(cancellationToken);
            count += each;
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

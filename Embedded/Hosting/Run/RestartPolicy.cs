namespace Aspire.Hosting.Run;

/// <summary>How long to wait before a crashed process is started again: longer each time, and not for ever if it never lasts.</summary>
internal sealed class RestartPolicy(TimeProvider time)
{
    /// <summary>After so many crashes in a row the process is given up.</summary>
    public const int Attempts = 5;

    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(20);

    private long _started = time.GetTimestamp();
    private int _crashes;

    /// <summary>The pause before the next start; <see langword="null"/> when there is to be none.</summary>
    public TimeSpan? Next()
    {
        _crashes = time.GetElapsedTime(_started) > Lasting ? 1 : _crashes + 1;
        if (_crashes >= Attempts)
        {
            return null;
        }

        var pause = TimeSpan.FromSeconds(0.25 * Math.Pow(2, _crashes - 1));
        _started = time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);
        return pause;
    }
}

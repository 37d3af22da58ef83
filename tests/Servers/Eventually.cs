using System.Diagnostics;

namespace Servers;

/// <summary>Waits for what other threads and processes do, with a deadline instead of a guess.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is as expected; the last answer stands in the failure.</summary>
    public static async Task<T> AsksAsync<T>(Func<Task<T>> ask, Func<T, bool> isExpected)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isExpected(answer))
            {
                return answer;
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Not as expected within {Patience.TotalSeconds} s. Last answer: {answer}");
            }

            await Task.Delay(Interval);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken) => AsksAsync(
        () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return condition();
        },
        isTrue => isTrue);

    public static Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), cancellationToken);

    /// <summary>Does it until it throws nothing; the last exception stands in the failure.</summary>
    public static Task SucceedsAsync(Func<Task> action, CancellationToken cancellationToken) => AsksAsync(
        async () =>
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await action();
                return null;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return exception;
            }
        },
        exception => exception is null);
}

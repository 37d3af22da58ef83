using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Servers;

/// <summary>
/// Waits until a condition holds, with a deadline instead of a fixed delay, because other threads and processes act in their own time. A
/// failure shows the expectation (by default the source text of the condition) and the last answer. A test that is cancelled stops waiting.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Repeats the call until the answer is as expected, and returns it.</summary>
    public static Task<T> AsksAsync<T>(
        Func<Task<T>> ask, Func<T, bool> isExpected, [CallerArgumentExpression(nameof(isExpected))] string expectation = "",
        TimeSpan? within = null) =>
        AsksAsync(ask, isExpected, answer => $"{expectation}. Last answer: {answer}", within);

    public static Task TrueAsync(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string expectation = "", TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), () => expectation, within);

    public static Task TrueAsync(
        Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string expectation = "", TimeSpan? within = null) =>
        TrueAsync(condition, () => expectation, within);

    /// <param name="expectation">Called only on failure, so it may describe the last state.</param>
    public static Task TrueAsync(Func<Task<bool>> condition, Func<string> expectation, TimeSpan? within = null) =>
        AsksAsync(condition, isTrue => isTrue, _ => expectation(), within);

    /// <summary>Repeats the action until it does not throw.</summary>
    public static Task SucceedsAsync(Func<Task> action, [CallerArgumentExpression(nameof(action))] string expectation = "") => AsksAsync(
        async () =>
        {
            try
            {
                await action();
                return null;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return exception;
            }
        },
        exception => exception is null,
        expectation);

    private static async Task<T> AsksAsync<T>(Func<Task<T>> ask, Func<T, bool> isExpected, Func<T, string> describe, TimeSpan? within)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isExpected(answer))
            {
                return answer;
            }

            if (Stopwatch.GetElapsedTime(started) > (within ?? Patience))
            {
                throw new TimeoutException($"Not within {(within ?? Patience).TotalSeconds} s: {describe(answer)}");
            }

            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}

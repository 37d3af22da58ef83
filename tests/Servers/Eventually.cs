using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Servers;

/// <summary>
/// Waits for what other threads and processes do, with a deadline instead of a guess. A failure tells what was expected (the condition as it is
/// written, unless said otherwise) and what was seen last. A test that is cancelled stops waiting.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is as expected, and returns it.</summary>
    public static Task<T> AsksAsync<T>(
        Func<Task<T>> ask, Func<T, bool> isExpected, [CallerArgumentExpression(nameof(isExpected))] string expectation = "", TimeSpan? within = null) =>
        AsksAsync(ask, isExpected, answer => $"{expectation}. Last answer: {answer}", within);

    public static Task TrueAsync(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string expectation = "", TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), () => expectation, within);

    public static Task TrueAsync(
        Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string expectation = "", TimeSpan? within = null) =>
        TrueAsync(condition, () => expectation, within);

    /// <param name="expectation">Asked only when it was not met: it may tell what was seen instead.</param>
    public static Task TrueAsync(Func<Task<bool>> condition, Func<string> expectation, TimeSpan? within = null) =>
        AsksAsync(condition, isTrue => isTrue, _ => expectation(), within);

    /// <summary>Does it until it throws nothing.</summary>
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

    private static async Task<T> AsksAsync<T>(Func<Task<T>> ask, Func<T, bool> isExpected, Func<T, string> tell, TimeSpan? within)
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
                throw new TimeoutException($"Not within {(within ?? Patience).TotalSeconds} s: {tell(answer)}");
            }

            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}

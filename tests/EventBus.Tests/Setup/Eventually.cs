using System.Diagnostics;

namespace EventBus.Tests.Setup;

/// <summary>Awaits a condition with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string expectation, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), () => expectation, within);

    public static Task TrueAsync(Func<Task<bool>> condition, string expectation, TimeSpan? within = null) =>
        TrueAsync(condition, () => expectation, within);

    /// <param name="expectation">Asked only when it was not met: it may tell what was seen instead.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> expectation, TimeSpan? within = null)
    {
        var deadline = within ?? Deadline;
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > deadline)
            {
                Assert.Fail($"Not within {deadline.TotalSeconds} s: {expectation()}.");
            }

            await Task.Delay(Poll, TestContext.Current.CancellationToken);
        }
    }
}

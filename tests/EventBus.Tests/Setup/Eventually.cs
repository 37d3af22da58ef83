using System.Diagnostics;

namespace EventBus.Tests.Setup;

/// <summary>Awaits a condition with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string expectation) =>
        TrueAsync(() => Task.FromResult(condition()), expectation);

    public static async Task TrueAsync(Func<Task<bool>> condition, string expectation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Deadline)
            {
                Assert.Fail($"Not within {Deadline.TotalSeconds} s: {expectation}.");
            }

            await Task.Delay(Poll, TestContext.Current.CancellationToken);
        }
    }
}

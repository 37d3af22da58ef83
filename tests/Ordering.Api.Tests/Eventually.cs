namespace Ordering.Api.Tests;

/// <summary>Asks until the answer is as expected; the last answer stands in the failure.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<T> AsksAsync<T>(Func<Task<T>> ask, Func<T, bool> isExpected)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);

        while (true)
        {
            var answer = await ask();
            if (isExpected(answer))
            {
                return answer;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Not as expected within {Patience.TotalSeconds} s. Last answer: {answer}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), CancellationToken.None);
        }
    }
}

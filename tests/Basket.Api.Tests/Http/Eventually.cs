namespace Basket.Api.Tests.Http;

/// <summary>Waits for what other processes do, with a deadline instead of a guess.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        using var timer = new PeriodicTimer(Interval);

        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"The condition did not come true within {Deadline.TotalSeconds} s.");
            }
        }
    }

    public static Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), cancellationToken);

    public static async Task SucceedsAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        Exception? last = null;

        try
        {
            await TrueAsync(
                async () =>
                {
                    try
                    {
                        await action();
                        return true;
                    }
                    catch (Exception exception) when (exception is not OperationCanceledException)
                    {
                        last = exception;
                        return false;
                    }
                },
                cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It did not succeed within {Deadline.TotalSeconds} s.", last);
        }
    }
}

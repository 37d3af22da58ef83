using Microsoft.Extensions.DependencyInjection;

namespace BusProbe;

/// <summary>
/// Sells like an HTTP client that orders: it retries with the same idempotency key until it gets an answer. The steps of an order run one
/// after another; several orders run in parallel.
/// </summary>
internal sealed class Selling(IServiceScopeFactory scopes)
{
    private const int SideBySide = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="delay">The delay of the messages in the outbox.</param>
    public Task SellAsync(int first, int count, int steps, TimeSpan? delay, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(first, count),
        new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
        async (order, token) =>
        {
            for (var version = 1; version <= steps; version++)
            {
                await SellAsync(order, version, delay, token);
            }
        });

    private async Task SellAsync(int order, long version, TimeSpan? delay, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ILedger>().SellAsync(order, version, delay, cancellationToken);
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"order {order} step {version}: {fault.GetBaseException().Message}");
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}

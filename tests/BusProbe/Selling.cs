using Microsoft.Extensions.DependencyInjection;

namespace BusProbe;

/// <summary>
/// Sells as an HTTP client would order: again and again with the same idempotency key until there is an answer. The steps of an order follow
/// each other, several orders go side by side.
/// </summary>
internal sealed class Selling(IServiceScopeFactory scopes)
{
    private const int SideBySide = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="delay">Time that the messages wait in the outbox.</param>
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

using Contracts.Catalog;
using StackExchange.Redis;

namespace Basket.Api.Products;

/// <summary>
/// Asks Catalog to tell of all its products when Basket has never heard of all of them: nothing guarantees that Basket's queue existed when
/// Catalog first told of them. The request is a command that waits in the outbox and in its queue until both sides are there.
/// </summary>
public sealed partial class FillReplica(
    Replica replica, IServiceScopeFactory scopes, IConnectionMultiplexer redis, TimeProvider time, ILogger<FillReplica> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(250);

    // Asking twice is harmless, but with many products not free.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private static readonly RedisKey AskedKey = "products:asked";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await IsCompleteAsync(stoppingToken))
        {
            await Task.Delay(LookAgainAfter, time, stoppingToken);
        }

        LogComplete();
    }

    private async Task<bool> IsCompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await replica.IsCompleteAsync().WaitAsync(cancellationToken))
            {
                return true;
            }

            // The key is the turn of one replica of this service to ask.
            if (await redis.GetDatabase().StringSetAsync(AskedKey, true, AskAgainAfter, When.NotExists).WaitAsync(cancellationToken))
            {
                await AskAsync(cancellationToken);
                LogAsked();
            }
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            LogUnreachable(exception);
        }

        return false;
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var step = scope.ServiceProvider.GetRequiredService<RedisUnitOfWork>();
        step.Send(new RepublishProducts(Replica.Requester));
        await step.CommitAsync(cancellationToken);
    }
}

using EventBus.Outbox;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>Chooses Redis as the store of the event bus.</summary>
public static class RedisEventBusExtensions
{
    /// <summary>
    /// Keeps outbox and inbox in the Redis of the registered <see cref="IConnectionMultiplexer"/>; see <see cref="RedisUnitOfWork"/>.
    /// </summary>
    /// <param name="bus">The bus.</param>
    /// <exception cref="InvalidOperationException">The service already has a store.</exception>
    public static EventBusBuilder UseRedis(this EventBusBuilder bus)
    {
        bus.UseStore<RedisOutbox, RedisInbox, RedisFaults>();
        bus.Services.AddScoped(services => new RedisUnitOfWork(
            services.GetRequiredService<IConnectionMultiplexer>(),
            services.GetRequiredService<MessageFactory>(),
            services.GetRequiredService<OutboxSignal>(),
            services.GetRequiredService<TimeProvider>()));
        return bus;
    }
}

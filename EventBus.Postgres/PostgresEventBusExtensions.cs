using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Postgres;

/// <summary>Chooses PostgreSQL as the store of the event bus.</summary>
public static class PostgresEventBusExtensions
{
    /// <summary>
    /// Keeps outbox and inbox in the PostgreSQL database of a context, whose model calls <c>modelBuilder.AddEventBus()</c>.
    /// </summary>
    /// <typeparam name="TContext">A registered context, pooled or not.</typeparam>
    /// <param name="bus">The bus.</param>
    /// <exception cref="InvalidOperationException">The service already has a store.</exception>
    public static EventBusBuilder UsePostgres<TContext>(this EventBusBuilder bus) where TContext : DbContext
    {
        bus.UseStore<PostgresOutbox<TContext>, PostgresInbox<TContext>, PostgresFaults>();
        bus.Services.AddSingleton<OutboxWriter>();
        bus.Services.AddSingleton<SaveObserver>();
        bus.Services.AddSingleton<TransactionObserver>();
        bus.Services.ConfigureDbContext<TContext>((services, options) => options.AddInterceptors(
            services.GetRequiredService<SaveObserver>(), services.GetRequiredService<TransactionObserver>()));
        return bus;
    }
}

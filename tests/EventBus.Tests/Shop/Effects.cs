using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace EventBus.Tests.Shop;

/// <summary>The rows that handlers write to the service's store. An extra row means that an effect happened twice.</summary>
public interface IEffects
{
    void Add(Effect effect);

    void Publish<TEvent>(TEvent @event) where TEvent : class;
}

public sealed class Effect
{
    public long Id { get; init; }

    public Guid MessageId { get; init; }

    public string Key { get; init; } = "";

    public string What { get; init; } = "";

    public long Number { get; init; }
}

public sealed class PostgresEffects(ShopContext db) : IEffects
{
    public void Add(Effect effect) => db.Effects.Add(effect);

    public void Publish<TEvent>(TEvent @event) where TEvent : class => db.Publish(@event);
}

public sealed class RedisEffects(RedisUnitOfWork step) : IEffects
{
    public static readonly RedisKey List = "effects";

    public void Add(Effect effect) => _ = step.Transaction.ListRightPushAsync(List, JsonSerializer.Serialize(effect));

    public void Publish<TEvent>(TEvent @event) where TEvent : class => step.Publish(@event);
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Effect>().ToTable("effects");
        modelBuilder.AddEventBus();
    }
}

using EventBus;
using EventBus.Postgres;
using Microsoft.EntityFrameworkCore;

namespace Benchmarks.Messaging;

/// <summary>The event that all measurements of the bus publish: as large as the raw client's body.</summary>
public sealed record ItemSold(int ItemId, int Number, long SoldAt, string Note);

/// <summary>The row that the handler writes.</summary>
public sealed class Sale
{
    public int Number { get; init; }

    public int ItemId { get; init; }
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Sale>(sale =>
        {
            sale.ToTable("sales").HasKey(sold => sold.Number);
            sale.Property(sold => sold.Number).ValueGeneratedNever();
        });
        modelBuilder.AddEventBus();
    }
}

/// <summary>Writes one row for each message, like a handler of a service.</summary>
public sealed class NoteSale(ShopContext db, Arrivals arrivals) : IMessageHandler<ItemSold>
{
    public Task HandleAsync(ItemSold message, MessageContext context, CancellationToken cancellationToken)
    {
        arrivals.OnHandling(message);
        db.Add(new Sale { ItemId = message.ItemId, Number = message.Number });
        return Task.CompletedTask;
    }
}

public sealed class Arrivals
{
    /// <summary>Called when a handler starts.</summary>
    public Action<ItemSold> OnHandling { get; set; } = _ => { };
}

using EventBus;
using Microsoft.EntityFrameworkCore;

namespace BusProbe;

/// <summary>What a probe has told and what it has done, for a test to compare with the other's.</summary>
internal sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    public DbSet<Told> Told => Set<Told>();

    public DbSet<Effect> Effects => Set<Effect>();

    public DbSet<Stock> Stock => Set<Stock>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Told>().ToTable("told").HasKey(told => new { told.OrderId, told.Version });
        modelBuilder.Entity<Effect>().ToTable("effects");
        modelBuilder.Entity<Stock>().ToTable("stock").HasKey(stock => stock.OrderId);
        modelBuilder.Entity<Stock>().Property(stock => stock.OrderId).ValueGeneratedNever();
        modelBuilder.AddEventBus();
    }
}

/// <summary>Committed together with its event; its key is the idempotency key of the sale.</summary>
internal sealed class Told
{
    public int OrderId { get; init; }

    public long Version { get; init; }
}

/// <summary>One row for each time a handler was effective: a second row for a message is an effect that happened twice.</summary>
internal sealed class Effect
{
    public long Id { get; init; }

    public Guid MessageId { get; init; }

    public string What { get; init; } = "";

    public int OrderId { get; init; }

    public long Version { get; init; }
}

/// <summary>A sum that is wrong when an effect is lost or doubled.</summary>
internal sealed class Stock
{
    public const int Start = 1000;

    public int OrderId { get; init; }

    public int Left { get; set; }
}

using EventBus.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BusProbe.Postgres;

internal class LedgerContext : DbContext
{
    public LedgerContext(DbContextOptions<LedgerContext> options) : base(options)
    {
    }

    protected LedgerContext(DbContextOptions options) : base(options)
    {
    }

    public DbSet<Sale> Sales => Set<Sale>();

    public DbSet<Stock> Stock => Set<Stock>();

    public virtual void Add(Effect effect, string? note) => Add(effect);

    /// <summary>The schema changes of the new build, applied while the old build is running.</summary>
    public virtual Task ExpandAsync() => Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Sale>().ToTable("sales").HasKey(sale => new { sale.OrderId, sale.Version });
        modelBuilder.Entity<Effect>().ToTable("effects");
        modelBuilder.Entity<Stock>().ToTable("stock").HasKey(stock => stock.OrderId);
        modelBuilder.Entity<Stock>().Property(stock => stock.OrderId).ValueGeneratedNever();
        modelBuilder.AddEventBus();
    }
}

/// <summary>The new build stores the new property of its messages.</summary>
internal sealed class TomorrowsLedgerContext(DbContextOptions<TomorrowsLedgerContext> options) : LedgerContext(options)
{
    private const string Note = "Note";

    public override void Add(Effect effect, string? note) => Add(effect).Property(Note).CurrentValue = note;

    public override Task ExpandAsync() => Database.ExecuteSqlAsync($"alter table effects add column if not exists \"Note\" text");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Effect>().Property<string?>(Note);
    }
}

/// <summary>Committed together with its event.</summary>
internal sealed class Sale
{
    public int OrderId { get; init; }

    public long Version { get; init; }
}

internal sealed class Stock
{
    public const int Start = 1000;

    public int OrderId { get; init; }

    public int Left { get; set; }
}

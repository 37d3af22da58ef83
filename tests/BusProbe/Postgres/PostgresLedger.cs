using EventBus.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BusProbe.Postgres;

internal sealed class PostgresLedger<TContext>(TContext db, IBuild build, Halts halts) : ILedger where TContext : LedgerContext
{
    public async Task PrepareAsync()
    {
        await db.Database.EnsureCreatedAsync();
        await db.ExpandAsync();
    }

    public Task SellAsync(int order, long version, TimeSpan? delay, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy()
        .ExecuteAsync(token => CommitAsync(order, version, delay, token), cancellationToken);

    public async Task TakeAsync(int order, CancellationToken cancellationToken)
    {
        if (await db.Stock.FindAsync([order], cancellationToken) is { } stock)
        {
            stock.Left--;
        }
        else
        {
            db.Add(new Stock { OrderId = order, Left = Stock.Start - 1 });
        }
    }

    public void Note(Effect effect, string? note) => db.Add(effect, note);

    public void Publish(object message) => db.Publish(message);

    private async Task CommitAsync(int order, long version, TimeSpan? delay, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Sales.FindAsync([order, version], cancellationToken) is not null)
        {
            return;
        }

        db.Add(new Sale { OrderId = order, Version = version });
        db.Publish(build.Changed(order, version), delay);
        if (version == 1)
        {
            db.Send(new ChargeOrder(order), delay);
        }

        await db.SaveChangesAsync(cancellationToken);
        await halts.PassAsync(Halts.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
    }
}

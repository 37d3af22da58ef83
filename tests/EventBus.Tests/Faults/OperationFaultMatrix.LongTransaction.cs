using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using EventBus.Outbox;
using EventBus.Tests.Faults.Rig;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EventBus.Tests.Faults;

/// <summary>Row 20: a transaction that began long ago keeps every dead row of the outbox.</summary>
public sealed partial class OperationFaultMatrix
{
    /// <summary>The number of dead rows after an hour with 250 messages per second.</summary>
    private const int DeadRows = 900_000;
    private const int Round = 50_000;

    /// <summary>Ten times that load.</summary>
    private const int LeastPerSecond = 2500;
    private const int Singles = 200;

    // One in a hundred may be delayed by the relay's scan of all dead rows, which runs once a minute.
    private static readonly TimeSpan SlowSingle = TimeSpan.FromMilliseconds(750);

    /// <summary>The relay must not scan all dead rows for each batch or for a single message.</summary>
    [Fact(Explicit = true)]
    public async Task Row20_TransactionOfAnHour_PinsTheOutbox()
    {
        await using var shop = await OpenAsync();
        shop.Settings["EventBus__LongTransactionAfter"] = "00:00:20";
        var sales = await shop.StartSalesAsync();
        await sales.SellAsync(1, 1, 1);
        await sales.HealthBecomesAsync("Healthy");
        await using var reader = await ((PostgresStore)shop.Sales).OpenAsync();
        await using var transaction = await reader.BeginTransactionAsync(IsolationLevel.RepeatableRead, Token);
        await using var snapshot = new NpgsqlCommand("select count(*) from sales", reader, transaction);
        await snapshot.ExecuteScalarAsync(Token);

        var free = await RelayAsync(shop, Round);
        for (var dead = Round; dead < DeadRows; dead += Round)
        {
            Report($"{dead + Round} dead rows: {Round / (await RelayAsync(shop, Round)).TotalSeconds:0} messages/s");
        }

        const int More = 20_000;
        var pinned = await RelayAsync(shop, More);
        var singles = await SellOneByOneAsync(shop, sales);
        Report($"The first {Round}: {Round / free.TotalSeconds:0} messages/s");
        Report($"{More} after them all: {More / pinned.TotalSeconds:0} messages/s");
        var slow = singles[Singles * 99 / 100];
        Report($"A message alone: median {singles[Singles / 2].TotalMilliseconds:0} ms");
        Report($"A message alone: p99 {slow.TotalMilliseconds:0} ms, slowest {singles[^1].TotalMilliseconds:0} ms");
        Assert.InRange(More / pinned.TotalSeconds, LeastPerSecond, double.MaxValue);
        Assert.InRange(slow, TimeSpan.Zero, SlowSingle);

        await sales.HealthBecomesAsync("Degraded", "A transaction of the database has been open");
        await shop.SettlesAsync(
            async () => await sales.GaugeAsync("eventbus.outbox.horizon_age") > 20, "the age of the transaction is measured");
        await shop.SettlesAsync(async () => await sales.GaugeAsync("eventbus.outbox.dead_rows") > DeadRows, "and what it keeps");
        await transaction.RollbackAsync(Token);
        await sales.HealthBecomesAsync("Healthy");
    }

    private static async Task<TimeSpan> RelayAsync(FaultedShop shop, int rows)
    {
        await using var broker = await shop.OpenBrokerAsync();
        await using var channel = await broker.CreateChannelAsync(cancellationToken: Token);
        await channel.QueuePurgeAsync("stock-api", Token);
        await WriteAsync((PostgresStore)shop.Sales, rows);

        // Reads the number from the broker. Counting the outbox would scan all dead rows and distort the measurement.
        var started = Stopwatch.GetTimestamp();
        await shop.SettlesAsync(async () => await channel.MessageCountAsync("stock-api", Token) >= rows, "all are on the broker");
        var took = Stopwatch.GetElapsedTime(started);
        await shop.SettlesAsync(async () => await shop.Sales.CountWaitingAsync() == 0, "all are relayed");

        // No service consumes these messages, and the broker has no space for a million of them.
        await channel.QueuePurgeAsync("stock-api", Token);
        return took;
    }

    private static async Task WriteAsync(PostgresStore store, int rows)
    {
        await using var database = await store.OpenAsync();
        await using var writer = await database.BeginBinaryImportAsync(
            "copy messaging.outbox (partition, message_id, type, kind, key, version, correlation_id, content, created_at) "
                + "from stdin (format binary)",
            Token);
        for (var i = 0; i < rows; i++)
        {
            var key = (i % 1000).ToString(CultureInfo.InvariantCulture);
            await writer.WriteRowAsync(
                Token, Partition.Of(key), Guid.CreateVersion7(), "bus-probe.order-changed", (short)0, key, 0L, key,
                Encoding.UTF8.GetBytes($$"""{"orderId":{{key}},"version":{{i}}}"""), DateTime.UnixEpoch);
        }

        await writer.CompleteAsync(Token);
    }

    /// <returns>The times from the customer's order to the receipt of the command, ascending.</returns>
    private static async Task<TimeSpan[]> SellOneByOneAsync(FaultedShop shop, Probe sales)
    {
        await using var broker = await shop.OpenBrokerAsync();
        await using var channel = await broker.CreateChannelAsync(cancellationToken: Token);
        await channel.QueuePurgeAsync("bus-probe.charge-order", Token);
        using var arrived = new SemaphoreSlim(0);
        var receiver = new AsyncEventingBasicConsumer(channel);
        receiver.ReceivedAsync += (_, _) => Task.FromResult(arrived.Release());
        await channel.BasicConsumeAsync("bus-probe.charge-order", autoAck: true, receiver, Token);

        var took = new TimeSpan[Singles];
        for (var i = 0; i < Singles; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await sales.BeginToSellAsync(1000 + i, 1, 1);
            Assert.True(await arrived.WaitAsync(AnswerOfASale, Token), "the message arrives");
            took[i] = Stopwatch.GetElapsedTime(started);
            await sales.SoldAsync(1000 + i);
        }

        return [.. took.Order()];
    }

    private static void Report(FormattableString line) =>
        TestContext.Current.TestOutputHelper?.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

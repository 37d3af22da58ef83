using System.Text;
using EventBus.Tests.Faults.Rig;
using Npgsql;
using RabbitMQ.Client;

namespace EventBus.Tests.Faults;

/// <summary>Rows 18 and 19: mistakes of operators, and foreign messages.</summary>
public sealed partial class OperationFaultMatrix
{
    /// <summary>An operator deletes exchanges and a binding under load. (Queues and wrong arguments: RabbitTopologyTests.)</summary>
    [Fact(Explicit = true)]
    public async Task Row18_ExchangesAndBindingDeleted()
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await using var stranger = await shop.OpenBrokerAsync();
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await sales.BeginToSellAsync(1, 100, 10);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > 50, "the load is on");
        await channel.ExchangeDeleteAsync("events", cancellationToken: Token);
        await shop.SettlesAsync(async () => await shop.Stock.CountEffectsAsync() > 400, "it goes on");
        await channel.ExchangeDeleteAsync("commands", cancellationToken: Token);
        await channel.QueueUnbindAsync("stock-api", "events", "bus-probe.order-changed", cancellationToken: Token);

        await sales.SoldAsync(1);
        await shop.HoldsAsync();
    }

    /// <summary>An unreadable message is dead-lettered with the reason; a newer version is read; other messages continue.</summary>
    [Fact(Explicit = true)]
    public async Task Row19_UnknownType_BadJson_NewerSchema()
    {
        await using var shop = await OpenAsync();
        await shop.StartStockAsync();
        var sales = await shop.StartSalesAsync();
        await using var stranger = await shop.OpenBrokerAsync();
        await using var channel = await stranger.CreateChannelAsync(cancellationToken: Token);
        await PutAsync("bus-probe.from-the-future", """{"orderId":1}""");
        await PutAsync("bus-probe.order-changed", "{ not json");
        await PutAsync("bus-probe.order-changed", """{"version":1}""");
        await sales.SellAsync(1, Orders, Steps);
        await shop.SettlesAsync(async () => await shop.Sales.CountWaitingAsync() == 0, "all are on the broker");

        await using (var database = await ((PostgresStore)shop.Sales).OpenAsync())
        await using (var sale = new NpgsqlCommand($"insert into sales (\"OrderId\", \"Version\") values (1, {Steps + 1})", database))
        {
            await sale.ExecuteNonQueryAsync(Token);
        }

        await PutAsync("bus-probe.order-changed", $$"""{"orderId":1,"version":{{Steps + 1}},"note":"a member of tomorrow"}""");
        await shop.SettlesAsync(async () => await shop.DeadLettersAsync("stock-api") == 3, "three dead letters");
        await shop.SettlesAsync(
            async () => await shop.Stock.CountEffectsAsync() == (Orders * Steps) + Orders + 1, "the newer one had its effect");
        await channel.QueuePurgeAsync("stock-api.dead-letter", Token);
        await shop.HoldsAsync();

        async Task PutAsync(string type, string body) => await channel.BasicPublishAsync(
            "",
            "stock-api",
            mandatory: true,
            new BasicProperties
            {
                MessageId = $"{Guid.NewGuid()}",
                Type = type,
                CorrelationId = "1",
                Headers = new Dictionary<string, object?> { ["key"] = "1" },
            },
            Encoding.UTF8.GetBytes(body),
            Token);
    }
}

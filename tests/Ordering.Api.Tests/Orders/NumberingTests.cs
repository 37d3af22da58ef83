using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Ordering.Api.Tests.Orders;

public sealed class NumberingTests
{
    private const string Before = "20261129012451_KnowAccounts";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_FromBeforeTheNumbers_GetTheirsInTheOrderOfTheirPlacing_AndKeysOfTheirOwn()
    {
        var servers = await SharedServers.GetAsync(Stop);
        var database = await servers.CreateDatabaseAsync(Stop);
        await using var db = new OrderingContext(
            new DbContextOptionsBuilder<OrderingContext>().UseNpgsql(database).UseSnakeCaseNamingConvention().Options);
        await db.GetService<IMigrator>().MigrateAsync(Before, Stop);
        Guid[] orders = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        await InsertAsync(database, orders[0], "2026-01-03");
        await InsertAsync(database, orders[1], "2026-01-01");
        await InsertAsync(database, orders[2], "2026-01-02");
        await ExecuteAsync(
            database,
            $"insert into payments (order_id, amount, currency, status, attempts, changed_at) "
                + $"values ('{orders[1]}', 10, 'EUR', 'Refunded', 1, '2026-01-04')");

        await db.Database.MigrateAsync(Stop);

        var numbered = await db.Orders.OrderBy(order => order.Number).ToListAsync(Stop);
        Assert.Equal([orders[1], orders[2], orders[0]], numbered.Select(order => order.Id));
        Assert.Equal([10_001, 10_002, 10_003], numbered.Select(order => order.Number));
        Assert.Equal(3, numbered.Select(order => order.AccessKey).Distinct().Count());
        Assert.All(numbered, order => Assert.True(order.AccessKey.Length >= 32));
        Assert.Equal([10m, 0m, 0m], numbered.Select(order => order.Refunded));
        Assert.Equal(10m, (await db.Payments.SingleAsync(Stop)).Refunded);
        Assert.Equal(10_004, (await db.Database.SqlQuery<int>($"select nextval('order_numbers')::int").ToListAsync(Stop)).Single());
    }

    private static Task InsertAsync(string database, Guid id, string placedAt) => ExecuteAsync(
        database,
        $$"""
          insert into orders (id, buyer_id, buyer_name, buyer_email, total, currency, placed_at, status, version, lines, timeline,
              card_token, card_last4, card_holder, shipping_address_street, shipping_address_city, shipping_address_country,
              shipping_address_zip_code)
          values ('{{id}}', gen_random_uuid(), 'Ada', 'ada@example.com', 10, 'EUR', '{{placedAt}}', 'Shipped', 4, '[]', '[]',
              'tok_4242', '4242', 'Ada', '1 Harbour Road', 'Porto', 'Portugal', '4000')
          """);

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}

using System.Text.Json.Nodes;
using StackExchange.Redis;

namespace LoadGenerator;

/// <summary>
/// Compares what was copied or sent because of the orders with its owner: Basket's copy of each product with Catalog, and the mails with
/// the orders. Both follow a moment later, so the checks are repeated until they are right or the time is over.
/// </summary>
internal sealed class CopyBooks(IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string ProductsSql =
        "select id, price, case when discontinued_at is null then on_hand - reserved else 0 end from products";

    // The least and the most. Paid, shipped and cancelled have one mail each; a buyer who cancels while the card is charged gets no mail
    // that the order is paid.
    private const string ExpectedMailsSql = """
        select id,
            case status when 'Shipped' then 2 else 1 end,
            case when status = 'Shipped' then 2
                when status = 'Cancelled' and exists (select from simulated_charges c where c.order_id = o.id and c.charged) then 2
                else 1 end
        from orders o where id = any($1)
        """;

    private const string SentMailsSql =
        "select about, count(*)::int from sent_mails where about = any($1) and refused_with is null group by about";

    /// <summary>The faults, each with at most five products or orders.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<PlacedOrder> orders, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("basketstore") is not { } baskets
            || configuration.GetConnectionString("identitydb") is not { } identity)
        {
            return ["Mails and copies are not checked: set ConnectionStrings:identitydb and ConnectionStrings:basketstore."];
        }

        var ids = orders.Select(order => order.Id).ToArray();
        var started = clock.GetTimestamp();
        while (true)
        {
            string[] faults =
            [
                .. Rows.Fault("products whose copy in Basket differs from Catalog", await CopiesAsync(baskets, cancellationToken)),
                .. Rows.Fault("orders whose mails are not as many as they should be", await MailsAsync(identity, ids, cancellationToken)),
            ];
            if (faults.Length == 0 || clock.GetElapsedTime(started) > Patience)
            {
                return faults;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellationToken);
        }
    }

    private async Task<IEnumerable<string>> CopiesAsync(string baskets, CancellationToken cancellationToken)
    {
        var owned = (await Rows.ReadAsync(
            configuration.GetConnectionString("catalogdb")!, ProductsSql, orders: null,
            row => KeyValuePair.Create(row.GetInt32(0), $"{row.GetDecimal(1):0.00} {row.GetInt32(2)}"), cancellationToken)).ToDictionary();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(baskets);
        var database = redis.GetDatabase();
        var copies = await database.StringGetAsync([.. owned.Keys.Select(id => (RedisKey)$"product:{id}")]);
        return owned.Keys.Zip(copies, (id, copy) => (Id: id, Copy: TextOf(copy)))
            .Where(product => product.Copy != owned[product.Id])
            .Select(product => $"{product.Id} ({product.Copy}, {owned[product.Id]})");
    }

    private async Task<IEnumerable<string>> MailsAsync(string identity, Guid[] orders, CancellationToken cancellationToken)
    {
        var expected = await Rows.ReadAsync(
            configuration.GetConnectionString("orderingdb")!, ExpectedMailsSql, orders,
            row => (Order: row.GetGuid(0), Least: row.GetInt32(1), Most: row.GetInt32(2)), cancellationToken);
        var sent = (await Rows.ReadAsync(
            identity, SentMailsSql, orders, row => KeyValuePair.Create(row.GetGuid(0), row.GetInt32(1)), cancellationToken)).ToDictionary();
        return from mails in expected
            let count = sent.GetValueOrDefault(mails.Order)
            where count < mails.Least || count > mails.Most
            select $"{mails.Order} ({count}, {mails.Least} to {mails.Most})";
    }

    private static string TextOf(RedisValue copy) => copy.IsNull
        ? "missing"
        : JsonNode.Parse((string)copy!) is var product && (bool)product!["isDiscontinued"]!
            ? $"{(decimal)product["price"]!:0.00} 0"
            : $"{(decimal)product!["price"]!:0.00} {product["availableStock"]}";
}

namespace LoadGenerator;

/// <summary>
/// Compares what the services recorded: orders, charges, refunds and stock. It reads the databases of Ordering and Catalog; a service never
/// does that, but the check must not depend on what the services say about themselves.
/// </summary>
internal sealed class Books(IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Shipped = "select l.\"ProductId\", sum(l.\"Quantity\")::int from orders, "
        + "jsonb_to_recordset(lines) as l(\"ProductId\" int, \"Quantity\" int) where status = 'Shipped' group by 1";

    private const string Open = "select l.\"ProductId\", sum(l.\"Quantity\")::int from orders, "
        + "jsonb_to_recordset(lines) as l(\"ProductId\" int, \"Quantity\" int) where status in ('StockReserved', 'Paid') group by 1";

    /// <summary>Each has the ids of orders that break the rule.</summary>
    private static readonly (string Fault, string Sql)[] Rules =
    [
        ("accepted, but not stored",
            "select id from unnest($1) as id where id not in (select id from orders)"),
        ("did not reach an end",
            "select id from orders where id = any($1) and status not in ('Paid', 'Shipped', 'Cancelled')"),
        ("paid, but not charged exactly its total",
            """
            select o.id from orders o left join simulated_charges c on c.order_id = o.id
            where o.id = any($1) and o.status in ('Paid', 'Shipped') and (c.charged and not c.cancelled and c.amount = o.total) is not true
            """),
        ("cancelled, but its charge is not refunded",
            """
            select o.id from orders o join simulated_charges c on c.order_id = o.id
            where o.id = any($1) and o.status = 'Cancelled' and c.charged and not c.cancelled
            """),
        ("charged or refunded, but not recorded so",
            """
            select c.order_id from simulated_charges c left join payments p using (order_id)
            where c.order_id = any($1) and c.charged
                and p.status is distinct from case when c.cancelled then 'Refunded' else 'Charged' end
            """),
    ];

    private string? Ordering => configuration.GetConnectionString("orderingdb");

    private string? Catalog => configuration.GetConnectionString("catalogdb");

    /// <summary>The stock at the start, less what is shipped; null without connection strings.</summary>
    public async Task<IReadOnlyDictionary<int, int>?> OpenAsync(CancellationToken cancellationToken) =>
        Ordering is null || Catalog is null ? null : await EverOnHandAsync(cancellationToken);

    /// <summary>
    /// The faults, each with at most five orders or products. Stock follows an order a moment later, and a response may have been lost
    /// whose order is still on its way, so the checks are repeated until they are right or the time is over.
    /// </summary>
    public async Task<IReadOnlyList<string>> CheckAsync(
        IReadOnlyDictionary<int, int>? before, IReadOnlyCollection<PlacedOrder> orders, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return ["The books are not checked: set ConnectionStrings:orderingdb and ConnectionStrings:catalogdb."];
        }

        for (var started = clock.GetTimestamp(); ;)
        {
            var faults = await CheckOnceAsync(before, orders, cancellationToken);
            if (faults.Count == 0 || clock.GetElapsedTime(started) > Patience)
            {
                return faults;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellationToken);
        }
    }

    private async Task<List<string>> CheckOnceAsync(
        IReadOnlyDictionary<int, int> before, IReadOnlyCollection<PlacedOrder> orders, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var ids = orders.Select(order => order.Id).ToArray();
        foreach (var (fault, sql) in Rules)
        {
            var broken = await Rows.ReadAsync(Ordering!, sql, ids, row => $"{row.GetGuid(0)}", cancellationToken);
            faults.AddRange(Rows.Fault($"orders {fault}", broken));
        }

        var open = await IdsAsync(Ordering!, "select id from orders where status in ('StockReserved', 'Paid')", cancellationToken);
        var held = await IdsAsync(Catalog!, "select order_id from holds where status in ('Held', 'Paid')", cancellationToken);
        faults.AddRange(Rows.Fault("open orders whose stock is not held", open.Except(held)));
        faults.AddRange(Rows.Fault("orders whose stock is held, but that are not open", held.Except(open)));

        var after = await EverOnHandAsync(cancellationToken);
        faults.AddRange(Rows.Fault("products whose stock is not that of the start less what is shipped", Different(before, after)));
        faults.AddRange(Rows.Fault("products whose reserved stock is not that of the open orders", Different(
            await SumsAsync(Ordering!, Open, cancellationToken),
            await SumsAsync(Catalog!, "select id, reserved from products where reserved > 0", cancellationToken))));
        return faults;
    }

    private static Task<List<string>> IdsAsync(string database, string sql, CancellationToken cancellationToken) =>
        Rows.ReadAsync(database, sql, orders: null, row => $"{row.GetGuid(0)}", cancellationToken);

    /// <summary>On hand and already shipped: constant, unless somebody changes the stock.</summary>
    private async Task<Dictionary<int, int>> EverOnHandAsync(CancellationToken cancellationToken)
    {
        var shipped = await SumsAsync(Ordering!, Shipped, cancellationToken);
        var onHand = await SumsAsync(Catalog!, "select id, on_hand from products", cancellationToken);
        return onHand.ToDictionary(product => product.Key, product => product.Value + shipped.GetValueOrDefault(product.Key));
    }

    private static IEnumerable<string> Different(IReadOnlyDictionary<int, int> first, IReadOnlyDictionary<int, int> second) =>
        from id in first.Keys.Union(second.Keys)
        let pair = (First: first.GetValueOrDefault(id), Second: second.GetValueOrDefault(id))
        where pair.First != pair.Second
        select $"{id} ({pair.First}, {pair.Second})";

    private static async Task<Dictionary<int, int>> SumsAsync(string database, string sql, CancellationToken cancellationToken) =>
        (await Rows.ReadAsync(
            database, sql, orders: null, row => KeyValuePair.Create(row.GetInt32(0), row.GetInt32(1)), cancellationToken)).ToDictionary();
}

namespace LoadGenerator;

/// <summary>
/// Compares what the services recorded: orders, charges, refunds and stock. It reads the databases of Ordering and Catalog; a service never
/// does that, but the check must not depend on what the services say about themselves.
/// </summary>
internal sealed class Books(IConfiguration configuration)
{
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

    /// <summary>The faults, each with at most five orders or products.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(
        IReadOnlyDictionary<int, int>? before, IReadOnlyCollection<PlacedOrder> orders, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return ["The books are not checked: set ConnectionStrings:orderingdb and ConnectionStrings:catalogdb."];
        }

        var faults = new List<string>();
        var ids = orders.Select(order => order.Id).ToArray();
        foreach (var (fault, sql) in Rules)
        {
            var broken = await Rows.ReadAsync(Ordering!, sql, ids, row => $"{row.GetGuid(0)}", cancellationToken);
            faults.AddRange(Rows.Fault($"orders {fault}", broken));
        }

        var after = await EverOnHandAsync(cancellationToken);
        faults.AddRange(Rows.Fault("products whose stock is not that of the start less what is shipped", Different(before, after)));
        faults.AddRange(Rows.Fault("products whose reserved stock is not that of the open orders", Different(
            await SumsAsync(Ordering!, Open, cancellationToken),
            await SumsAsync(Catalog!, "select id, reserved from products where reserved > 0", cancellationToken))));
        return faults;
    }

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

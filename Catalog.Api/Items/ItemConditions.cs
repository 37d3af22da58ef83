namespace Catalog.Api.Items;

internal static class ItemConditions
{
    /// <summary>Adds a filter's conditions to a query on products that already has a <c>where</c>.</summary>
    public static SqlText AppendFilter(this SqlText sql, ItemFilter filter, SearchLevel level)
    {
        filter.Search?.AppendTo(sql, level);

        if (filter.Types.Length > 0)
        {
            sql.Append(" and type_id = any(").Add(filter.Types).Append(")");
        }

        if (filter.Brands.Length > 0)
        {
            sql.Append(" and brand_id = any(").Add(filter.Brands).Append(")");
        }

        if (filter.MinPrice is { } lowest)
        {
            sql.Append(" and price >= ").Add(lowest);
        }

        if (filter.MaxPrice is { } highest)
        {
            sql.Append(" and price <= ").Add(highest);
        }

        if (filter.MaxStock is { } most)
        {
            sql.Append(" and on_hand - reserved <= ").Add(most);
        }

        return filter.InStock switch
        {
            true => sql.Append(" and on_hand > reserved"),
            false => sql.Append(" and on_hand = reserved"),
            null => sql,
        };
    }

    public static SqlText AppendOrder(this SqlText sql, ItemFilter filter)
    {
        switch (filter.Order)
        {
            case ItemOrder.Relevance when filter.Search is { Words.Count: > 0 } search:
                search.AppendOrderTo(sql);
                return sql;
            case ItemOrder.Price:
                return sql.Append(" order by price, id");
            case ItemOrder.PriceDescending:
                return sql.Append(" order by price desc, id desc");
            case ItemOrder.Newest:
                return sql.Append(" order by created_at desc, id desc");
            case ItemOrder.Stock:
                return sql.Append(" order by on_hand - reserved, name, id");
            default:
                return sql.Append(" order by name, id");
        }
    }
}

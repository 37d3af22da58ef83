using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Text;

namespace Ordering.Api.Orders;

public static class ListAllOrders
{
    /// <summary>The expression of an index.</summary>
    public const string SearchedText =
        "to_tsvector('simple', regexp_replace(buyer_name || ' ' || buyer_email, '[^[:alnum:]]+', ' ', 'g'))";

    private const int NumberOfNoOrder = 0;

    public sealed record Filter(
        [property: StringLength(100, ErrorMessage = "At most {1} characters."), PlainText]
        [property: Description("A number such as SH-48213, or the beginnings of words in the buyer's name or e-mail address.")]
        string? Search = null,
        [property: Description("Only orders in this status. Paid orders wait for their shipment; the list has the oldest first.")]
        OrderStatus? Status = null);

    internal static async Task<Ok<OrderPage>> HandleAsync(
        [AsParameters] Filter filter, [AsParameters] Paging paging, OrderingContext db, CancellationToken cancellationToken)
    {
        var orders = Find(db, filter.Search).AsNoTracking();
        if (filter.Status is { } status)
        {
            orders = orders.Where(order => order.Status == status);
        }

        return TypedResults.Ok(await OrderPage.ReadAsync(Sort(orders, filter.Status), paging, cancellationToken));
    }

    private static IQueryable<Order> Find(OrderingContext db, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return db.Orders;
        }

        var text = search.Trim();
        var number = OrderNumber.Parse(text) ?? NumberOfNoOrder;
        var words = string.Join(" & ", SearchWords.Of(text).Select(word => $"{word}:*"));
        var found = db.Database.SqlQueryRaw<Guid>(
            $"select id as \"Value\" from orders where {SearchedText} @@ to_tsquery('simple', {{0}}) or number = {{1}}", words, number);
        return db.Orders.Where(order => found.Contains(order.Id));
    }

    // What waits for a shipment is packed in the order in which it came.
    private static IQueryable<Order> Sort(IQueryable<Order> orders, OrderStatus? status) => status is OrderStatus.Paid
        ? orders.OrderBy(order => order.PlacedAt).ThenBy(order => order.Id)
        : orders.OrderByDescending(order => order.PlacedAt).ThenBy(order => order.Id);
}

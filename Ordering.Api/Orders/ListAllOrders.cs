using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Text;

namespace Ordering.Api.Orders;

public static class ListAllOrders
{
    private const string Escape = @"\";

    public sealed record Filter(
        [property: StringLength(100, ErrorMessage = "At most {1} characters."), PlainText]
        [property: Description("A number such as SH-48213, or a part of the buyer's name or e-mail address.")]
        string? Search = null,
        [property: Description("Only orders in this status. Paid orders wait for their shipment; the list has the oldest first.")]
        OrderStatus? Status = null);

    internal static async Task<Ok<OrderPage>> HandleAsync(
        [AsParameters] Filter filter, [AsParameters] Paging paging, OrderingContext db, CancellationToken cancellationToken)
    {
        var orders = Find(db.Orders.AsNoTracking(), filter.Search);
        if (filter.Status is { } status)
        {
            orders = orders.Where(order => order.Status == status);
        }

        return TypedResults.Ok(await OrderPage.ReadAsync(Sort(orders, filter.Status), paging, cancellationToken));
    }

    private static IQueryable<Order> Find(IQueryable<Order> orders, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return orders;
        }

        var text = search.Trim().ToNfc();
        if (OrderNumber.Parse(text) is { } number)
        {
            return orders.Where(order => order.Number == number);
        }

        var pattern = $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        return orders.Where(order =>
            EF.Functions.ILike(order.BuyerName, pattern, Escape) || EF.Functions.ILike(order.BuyerEmail, pattern, Escape));
    }

    // What waits for a shipment is packed in the order in which it came.
    private static IQueryable<Order> Sort(IQueryable<Order> orders, OrderStatus? status) => status is OrderStatus.Paid
        ? orders.OrderBy(order => order.PlacedAt).ThenBy(order => order.Id)
        : orders.OrderByDescending(order => order.PlacedAt).ThenBy(order => order.Id);
}

using Microsoft.AspNetCore.WebUtilities;

namespace WebApp.Clients;

/// <summary>An administrator's search for orders. It is in the page's address.</summary>
/// <param name="Page">From 1; the API counts from 0.</param>
public sealed record OrderQuery(string? Search, OrderStatus? Status, int Page, int PageSize = OrderList.PageSizeOfPages)
{
    /// <summary>The address of the page that shows this.</summary>
    public string ToPath() => QueryHelpers.AddQueryString("/admin/orders", Present(
        ("find", Search), ("status", Status?.ToString()), ("page", Page > 1 ? $"{Page}" : null)));

    public string ToApiQuery() => QueryHelpers.AddQueryString("", Present(
        ("search", Search), ("status", Status?.ToString()), ("pageIndex", $"{Page - 1}"), ("pageSize", $"{PageSize}"))).TrimStart('?');

    private static IEnumerable<KeyValuePair<string, string?>> Present(params (string Name, string? Value)[] parameters) =>
        parameters.Where(p => !string.IsNullOrWhiteSpace(p.Value)).Select(p => KeyValuePair.Create(p.Name, p.Value));
}

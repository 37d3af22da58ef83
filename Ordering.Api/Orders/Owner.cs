using System.Security.Claims;

namespace Ordering.Api.Orders;

internal static class Owner
{
    public static bool Owns(this ClaimsPrincipal user, Order order) => order.BuyerId == user.GetUserId();

    /// <param name="key">What the client sent in the header <see cref="OrderKey.Header"/>, if anything.</param>
    public static bool MaySee(this ClaimsPrincipal user, Order order, string? key) =>
        user.IsInRole(Policies.Admin) || user.IsBuyerOf(order, key);

    /// <summary>Whether this is the person who ordered: by their account or guest token, or by the order's key.</summary>
    public static bool IsBuyerOf(this ClaimsPrincipal user, Order order, string? key) => user.Owns(order) || key.IsKeyOf(order);
}

using System.Security.Claims;

namespace Ordering.Api.Orders;

internal static class Owner
{
    public static bool Owns(this ClaimsPrincipal user, Order order) => order.BuyerId == user.GetUserId();

    public static bool MaySee(this ClaimsPrincipal user, Order order) => user.IsInRole(Policies.Admin) || user.Owns(order);
}

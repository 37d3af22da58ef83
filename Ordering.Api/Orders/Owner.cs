using System.Security.Claims;

namespace Ordering.Api.Orders;

internal static class Owner
{
    /// <summary>Everyone that this person is or was: the account or guest of the token, and the guests before signing in.</summary>
    public static Guid[] GetBuyerIds(this ClaimsPrincipal user) => [user.GetUserId(), .. user.GetGuestIds()];

    public static bool MaySee(this ClaimsPrincipal user, Order order) =>
        user.IsInRole(Policies.Admin) || user.GetBuyerIds().Contains(order.BuyerId);
}

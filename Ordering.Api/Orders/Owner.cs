using System.Security.Claims;

namespace Ordering.Api.Orders;

internal static class Owner
{
    /// <summary>Everyone that this person is or was: the account or guest of the token, and the guest before signing in.</summary>
    public static Guid[] GetBuyerIds(this ClaimsPrincipal user) =>
        user.GetGuestId() is { } guestId ? [user.GetUserId(), guestId] : [user.GetUserId()];

    public static bool MaySee(this ClaimsPrincipal user, Order order) =>
        user.IsInRole(Policies.Admin) || user.GetBuyerIds().Contains(order.BuyerId);
}

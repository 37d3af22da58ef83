using System.Security.Claims;

namespace ServiceDefaults;

public static class ClaimsPrincipalExtensions
{
    /// <summary>Whose token it is: a user or a guest. Token validation has made sure that there is one.</summary>
    public static Guid GetUserId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue("sub")!);

    /// <summary>The guests that a signed-in user was before, newest first.</summary>
    public static IEnumerable<Guid> GetGuestIds(this ClaimsPrincipal user) =>
        user.FindAll("guest_id").Select(claim => Guid.TryParse(claim.Value, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);

    /// <summary>The guest that a signed-in user was just before; null when there was none.</summary>
    public static Guid? GetGuestId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue("guest_id"), out var id) ? id : null;

    /// <summary>True for somebody without an account.</summary>
    public static bool IsGuest(this ClaimsPrincipal user) => user.FindFirstValue("guest") == "true";

    private static string? FindFirstValue(this ClaimsPrincipal user, string type) => user.FindFirst(type)?.Value;
}

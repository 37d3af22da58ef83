using System.Security.Claims;

namespace ServiceDefaults.Tokens;

/// <summary>What a token says about its bearer.</summary>
public static class TokenClaims
{
    /// <summary>The id of the user or guest. Token validation refuses a token without it.</summary>
    public static Guid GetUserId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue("sub")!);

    /// <summary>The guest that a signed-in user was just before; null when there was none.</summary>
    public static Guid? GetGuestId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue("guest_id"), out var id) ? id : null;

    /// <summary>True for a visitor without an account.</summary>
    public static bool IsGuest(this ClaimsPrincipal user) => user.FindFirstValue("guest") == "true";

    private static string? FindFirstValue(this ClaimsPrincipal user, string type) => user.FindFirst(type)?.Value;
}

namespace WebApp.Identity;

/// <summary>Who is in the shop: a guest, known by a cookie, or a person who signed in.</summary>
/// <param name="GuestId">Who a signed-in person was in this browser before; their basket and orders of that time belong to them.</param>
public sealed record Visitor(Guid Id, bool IsGuest, string? Name = null, string? Email = null, bool IsAdmin = false, Guid? GuestId = null)
{
    public static Visitor Guest(Guid id) => new(id, IsGuest: true);
}

/// <summary>The claims of access tokens, and of the sign-in cookie that they are made from.</summary>
public static class VisitorClaims
{
    public const string Id = "sub";
    public const string Name = "name";
    public const string Email = "email";
    public const string Role = "role";
    public const string Guest = "guest";
    public const string GuestId = "guest_id";
    public const string AdminRole = "admin";
}

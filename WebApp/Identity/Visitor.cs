namespace WebApp.Identity;

/// <summary>Who is in the shop: a guest, known by a cookie, or a person who signed in.</summary>
public sealed record Visitor(Guid Id, bool IsGuest, string? Name = null, string? Email = null, bool IsAdmin = false)
{
    /// <summary>Who a signed-in person was before they signed in, newest first; their baskets and orders of those times belong to them.</summary>
    public IReadOnlyList<Guid> GuestIds { get; init; } = [];

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

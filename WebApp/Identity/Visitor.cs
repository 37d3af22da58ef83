namespace WebApp.Identity;

/// <summary>The person of a request: a guest, known by a cookie, or a user who signed in.</summary>
public sealed record Visitor(Guid Id, bool IsGuest, string? Name = null, string? Email = null, bool IsAdmin = false)
{
    /// <summary>The guest whose basket Basket.Api may merge into the user's; set for that one request only.</summary>
    public Guid? MergedGuest { get; init; }

    public static Visitor Guest(Guid id) => new(id, IsGuest: true);
}

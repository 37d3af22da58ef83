namespace WebApp.Identity;

/// <summary>The claims of the sign-in cookie, and of the access tokens that are made from it.</summary>
public static class VisitorClaims
{
    public const string Id = "sub";
    public const string Name = "name";
    public const string Email = "email";
    public const string Role = "role";
    public const string Session = "sid";
    public const string Guest = "guest";
    public const string GuestId = "guest_id";
    public const string AdminRole = "admin";
}

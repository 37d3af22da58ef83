using System.Security.Claims;

namespace WebApp.Identity.Sessions;

/// <summary>What the principal of a request says about its session.</summary>
public static class SessionClaims
{
    private const string Unchecked = "unchecked";
    private const string Enrol = "enrol";

    public static Guid GetVisitorId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(VisitorClaims.Id)!);

    /// <summary>Null for a visitor who has not signed in.</summary>
    public static Guid? GetSessionId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(VisitorClaims.Session), out var id) ? id : null;

    /// <summary>Whether the session could not be checked, because the database is down.</summary>
    public static bool IsUnchecked(this ClaimsPrincipal user) => user.HasClaim(Unchecked, "true");

    /// <summary>Whether the visitor needs a second factor before they can do what administrators do.</summary>
    public static bool MustEnrol(this ClaimsPrincipal user) => user.HasClaim(Enrol, "true");

    public static ClaimsPrincipal AsUnchecked(this ClaimsPrincipal user) => user.WithoutRoles(Unchecked);

    public static ClaimsPrincipal AsNotEnrolled(this ClaimsPrincipal user) => user.WithoutRoles(Enrol);

    private static ClaimsPrincipal WithoutRoles(this ClaimsPrincipal user, string reason)
    {
        var identity = ((ClaimsIdentity)user.Identity!).Clone();
        foreach (var role in identity.FindAll(VisitorClaims.Role).ToArray())
        {
            identity.RemoveClaim(role);
        }

        identity.AddClaim(new Claim(reason, "true"));
        return new ClaimsPrincipal(identity);
    }
}

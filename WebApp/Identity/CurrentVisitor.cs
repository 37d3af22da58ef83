using System.Security.Claims;

namespace WebApp.Identity;

/// <summary>Tells who sends the current request.</summary>
public sealed class CurrentVisitor(IHttpContextAccessor accessor, GuestCookie guestCookie)
{
    private static readonly object NewGuest = new();

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is a visitor only while a request is handled.");

    /// <summary>The visitor, or null for somebody who put nothing into a basket yet and has no cookie.</summary>
    public Visitor? Find()
    {
        // A guest cookie beside a sign-in is nobody's: the guest that this person was is among their claims.
        if (Context.User.Identity is { IsAuthenticated: true })
        {
            return FromClaims(Context.User);
        }

        return (Context.Items[NewGuest] as Guid? ?? guestCookie.Read(Context.Request)) is { } guest ? Visitor.Guest(guest) : null;
    }

    /// <summary>The visitor; a new guest gets the cookie with this response.</summary>
    public Visitor FindOrWelcome()
    {
        if (Find() is { } visitor)
        {
            return visitor;
        }

        var guest = Guid.NewGuid();
        guestCookie.Write(Context, guest);
        Context.Items[NewGuest] = guest;
        return Visitor.Guest(guest);
    }

    private static Visitor FromClaims(ClaimsPrincipal user) => new(
        Guid.Parse(user.FindFirstValue(VisitorClaims.Id)!),
        IsGuest: false,
        user.FindFirstValue(VisitorClaims.Name),
        user.FindFirstValue(VisitorClaims.Email),
        user.HasClaim(VisitorClaims.Role, VisitorClaims.AdminRole))
    {
        GuestIds = [.. user.FindAll(VisitorClaims.GuestId).Select(claim => Guid.Parse(claim.Value))],
    };
}

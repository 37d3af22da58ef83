using System.Security.Claims;
using WebApp.Identity.Sessions;

namespace WebApp.Identity;

/// <summary>The visitor who sent the current request.</summary>
public sealed class CurrentVisitor(IHttpContextAccessor accessor, GuestCookie guestCookie)
{
    private static readonly object NewGuest = new();

    private HttpContext Context =>
        accessor.HttpContext ?? throw new InvalidOperationException("A visitor exists only while a request is handled.");

    /// <summary>The visitor; null for one without a cookie, who has put nothing into a basket yet.</summary>
    /// <exception cref="SessionUncheckedException">The visitor signed in, and the session cannot be checked at the moment.</exception>
    public Visitor? Find()
    {
        if (IsUnchecked)
        {
            throw new SessionUncheckedException();
        }

        // A guest cookie beside a sign-in is ignored: the sign-in has already given that guest's basket and orders to the user.
        if (Context.User.Identity is { IsAuthenticated: true })
        {
            return FromClaims(Context.User);
        }

        return (Context.Items[NewGuest] as Guid? ?? guestCookie.Read(Context.Request)) is { } guest ? Visitor.Guest(guest) : null;
    }

    /// <summary>
    /// Whether the visitor signed in, but the session cannot be checked because the database is down. Pages may greet the visitor, but
    /// must show no private data.
    /// </summary>
    public bool IsUnchecked => Context.User.IsUnchecked();

    /// <summary>Whom the header of a page greets, also while the session cannot be checked.</summary>
    public Visitor? FindToGreet() => IsUnchecked ? FromClaims(Context.User) : Find();

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
        user.HasClaim(VisitorClaims.Role, VisitorClaims.AdminRole));
}

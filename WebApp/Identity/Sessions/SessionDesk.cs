using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity.Sessions;

/// <summary>Starts and ends the sessions of the visitor who sent the current request.</summary>
public sealed class SessionDesk(SignInManager<ShopUser> signIn, SessionStore sessions, SecurityAudit audit)
{
    private ClaimsPrincipal Visitor => signIn.Context.User;

    /// <summary>Signs the user in. A session that this browser had before is over.</summary>
    public async Task StartAsync(ShopUser user, bool isRemembered, CancellationToken cancellationToken)
    {
        await EndOwnAsync(cancellationToken);
        var session = await sessions.StartAsync(user, isRemembered, signIn.Context, cancellationToken);
        await signIn.SignInWithClaimsAsync(user, isRemembered, [new Claim(VisitorClaims.Session, $"{session.Id}")]);
        audit.SignedIn(user.Id, session.Id);
    }

    /// <summary>Lets this session go on after a change of the account: with its new security stamp, and its new name.</summary>
    public async Task RefreshAsync(ShopUser user, CancellationToken cancellationToken)
    {
        if (Visitor.GetSessionId() is { } session && Visitor.GetVisitorId() == user.Id)
        {
            await sessions.KeepAsync(session, user, cancellationToken);
            var cookie = await signIn.Context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
            await signIn.SignInWithClaimsAsync(user, cookie.Properties, [new Claim(VisitorClaims.Session, $"{session}")]);
        }
    }

    /// <summary>
    /// Ends the session before it deletes the cookie: if the database is down, the visitor sees that they are still signed in.
    /// </summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        await EndOwnAsync(cancellationToken);
        await signIn.Context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public async Task EndAsync(Guid session, CancellationToken cancellationToken)
    {
        var user = Visitor.GetVisitorId();
        if (await sessions.EndAsync(user, session, cancellationToken))
        {
            audit.SessionEnded(user, session);
        }
    }

    public async Task EndOthersAsync(CancellationToken cancellationToken)
    {
        var user = Visitor.GetVisitorId();
        await sessions.EndOthersAsync(user, Visitor.GetSessionId()!.Value, cancellationToken);
        audit.OtherSessionsEnded(user);
    }

    private async Task EndOwnAsync(CancellationToken cancellationToken)
    {
        if (Visitor.GetSessionId() is { } session)
        {
            var user = Visitor.GetVisitorId();
            await sessions.EndAsync(user, session, cancellationToken);
            audit.SignedOut(user, session);
        }
    }
}

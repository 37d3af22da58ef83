namespace WebApp.Identity;

/// <summary>Accounts and tokens for programs. They set no cookie, so they need no anti-forgery token.</summary>
public static class IdentityEndpoints
{
    // A program must not ask people for their passwords; without this it uses OAuth.
    private const string PasswordTokens = "Identity:PasswordTokens";

    /// <summary>
    /// <c>POST /api/identity/token</c> only exists with the setting <c>Identity:PasswordTokens</c>. Default: true in Development.
    /// </summary>
    public static void MapIdentity(this WebApplication app)
    {
        var identity =
            app.MapGroup("/api/identity").WithTags("Identity").RequireRateLimiting(IdentityRateLimit.Policy).DisableAntiforgery();
        identity.MapPost("/guest", IssueGuestToken.Handle).WithSummary("Get a token as a new guest");
        identity.MapPost("/register", Register.HandleAsync).WithSummary("Open an account");
        identity.MapPost("/confirm", ConfirmAccount.HandleAsync).WithSummary("Confirm the address of a new account");

        if (app.Configuration.GetValue(PasswordTokens, app.Environment.IsDevelopment()))
        {
            identity.MapPost("/token", IssueToken.HandleAsync).WithSummary("Get a token for an account");
        }
    }
}

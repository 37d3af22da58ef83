namespace WebApp.Identity;

/// <summary>Accounts and tokens for programs. They set no cookie, so they need no anti-forgery token.</summary>
public static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        var identity =
            app.MapGroup("/api/identity").WithTags("Identity").RequireRateLimiting(IdentityRateLimit.Policy).DisableAntiforgery();
        identity.MapPost("/guest", IssueGuestToken.Handle).WithSummary("Get a token as a new guest");
        identity.MapPost("/register", Register.HandleAsync).WithSummary("Open an account");
        identity.MapPost("/confirm", ConfirmAccount.HandleAsync).WithSummary("Confirm the address of a new account");
        identity.MapPost("/token", IssueToken.HandleAsync).WithSummary("Get a token for an account");
    }
}

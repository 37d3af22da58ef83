using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Flows.Access;

/// <summary>
/// Grants access to a browser that opened the login link, and to a script that sends the token. The cookie's value is derived from the
/// token, so it becomes invalid when the token changes and needs no store.
/// </summary>
public sealed class BrowserSession(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions, ILoggerFactory loggers, UrlEncoder encoder, FlowsOptions options)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    public const string SchemeName = "Browser";
    public const string ApiKeyHeader = "x-api-key";

    /// <summary>Cookies ignore ports, so the name contains the port: two instances on one machine need different cookies.</summary>
    public static string CookieName(HttpRequest request) => $".Flows.{request.Host.Port ?? 80}";

    public static string CookieValue(string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "flows browser session"u8));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (options.BrowserToken is not { } token)
        {
            return Task.FromResult(AuthenticateResult.Success(TicketOf("anonymous")));
        }

        if (Request.Headers.TryGetValue(ApiKeyHeader, out var key))
        {
            return Task.FromResult(Secret.Matches(token, key)
                ? AuthenticateResult.Success(TicketOf("script"))
                : AuthenticateResult.Fail("The API key is wrong."));
        }

        return Task.FromResult(Secret.Matches(CookieValue(token), Request.Cookies[CookieName(Request)])
            ? AuthenticateResult.Success(TicketOf("browser"))
            : AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.Path.StartsWithSegments("/api") || Request.Path.StartsWithSegments("/_blazor"))
        {
            var detail = $"Send the token of Flows in the header {ApiKeyHeader}, or the cookie of a browser that is logged in.";
            return TypedResults.Problem(detail, statusCode: 401).ExecuteAsync(Context);
        }

        Response.Redirect($"/login?returnUrl={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
        return Task.CompletedTask;
    }

    private static AuthenticationTicket TicketOf(string name) =>
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], SchemeName)), SchemeName);
}

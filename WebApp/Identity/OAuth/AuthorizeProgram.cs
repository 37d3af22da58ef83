using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace WebApp.Identity.OAuth;

/// <summary>A program sends a person here, who signs in and, for a program of others, agrees. The program gets a code.</summary>
public static class AuthorizeProgram
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static async Task<IResult> HandleAsync(
        HttpContext context, CurrentVisitor current, Accounts accounts, OAuthIdentity identities, OAuthConsents consents,
        CancellationToken cancellationToken)
    {
        var request = context.GetOpenIddictServerRequest()!;

        if (current.Find() is not { IsGuest: false } visitor || request.HasPromptValue(PromptValues.Login))
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.LoginRequired, "The person is not signed in.")
                : TypedResults.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(WithoutPrompt(context.Request))}");
        }

        var user = (await accounts.FindAsync(visitor.Id))!;
        var consent = await consents.FindAsync(user, request, cancellationToken);

        if (!consent.IsGiven || request.HasPromptValue(PromptValues.Consent))
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.ConsentRequired, "The person has not agreed yet.")
                : TypedResults.Redirect($"/oauth/consent{context.Request.QueryString}");
        }

        return await GrantAsync(user, request, identities, consent.AuthorizationId);
    }

    /// <summary>The answer of the page that asks the person, which sends the request of the program again.</summary>
    /// <param name="form">Makes the framework check the anti-forgery token.</param>
    public static async Task<IResult> HandleConsentAsync(
        [FromForm] IFormCollection form, HttpContext context, CurrentVisitor current, Accounts accounts, OAuthIdentity identities,
        OAuthConsents consents, CancellationToken cancellationToken)
    {
        var request = context.GetOpenIddictServerRequest()!;

        if (current.Find() is not { IsGuest: false } visitor || form["consent"] != "yes")
        {
            return Refuse(Errors.AccessDenied, "The person did not agree.");
        }

        var user = (await accounts.FindAsync(visitor.Id))!;
        var authorization = await consents.GiveAsync(user, request, cancellationToken);
        return await GrantAsync(user, request, identities, authorization);
    }

    private static async Task<IResult> GrantAsync(ShopUser user, OpenIddictRequest request, OAuthIdentity identities, string? authorization)
    {
        var principal = await identities.OfAsync(user, request.GetScopes());
        principal.SetAuthorizationId(authorization);
        return TypedResults.SignIn(principal, properties: null, Scheme);
    }

    private static ForbidHttpResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [Scheme]);

    // After the sign-in, a prompt for it would begin a circle.
    private static string WithoutPrompt(HttpRequest request) =>
        request.Path + new QueryBuilder(request.Query.Where(parameter => parameter.Key != Parameters.Prompt)).ToQueryString();
}

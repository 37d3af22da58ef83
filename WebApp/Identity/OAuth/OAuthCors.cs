using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace WebApp.Identity.OAuth;

/// <summary>Lets programs in browsers read tokens, keys and discovery from the pages that they were registered with.</summary>
public static class OAuthCors
{
    private const string Policy = "oauth";

    internal static void AddOAuthCors(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<OAuthOptions>>((cors, oauth) => cors.AddPolicy(Policy, policy => policy
            .WithOrigins([.. PagesOf(oauth.Value).Select(page => page.GetLeftPart(UriPartial.Authority)).Distinct()])
            .WithMethods(HttpMethods.Get, HttpMethods.Post).AllowAnyHeader()));
    }

    public static void UseOAuthCors(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path == OAuthSetup.Token
            || context.Request.Path.StartsWithSegments("/.well-known", StringComparison.Ordinal),
        oauth => oauth.UseCors(Policy));

    private static IEnumerable<Uri> PagesOf(OAuthOptions options) =>
        options.Clients.SelectMany(client => client.RedirectUris).Concat(options.DocumentationPages);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace ServiceDefaults.Api;

/// <summary>The page on which people read and try an API: <c>/scalar</c>.</summary>
internal static class ScalarPage
{
    /// <summary>
    /// Without the buttons and services of Scalar's vendor, and without fonts from other hosts. "Authorize" signs in at the shop.
    /// </summary>
    public static void MapScalarPage(this IEndpointRouteBuilder app) => app
        .MapScalarApiReference("/scalar", page => page
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .HideClientButton()
            .HideDeveloperTools()
            .AddPreferredSecuritySchemes(OpenApiDocumentation.OAuth)
            .AddAuthorizationCodeFlow(OpenApiDocumentation.OAuth, flow =>
            {
                flow.ClientId = "scalar";
                flow.Pkce = Pkce.Sha256;
                flow.SelectedScopes = [OpenApiDocumentation.Scope];
            }))
        .AllowAnonymous();
}

using ServiceDefaults.Api;
using ServiceDefaults.Tokens;
using WebApp.BackOffice;
using WebApp.Identity.OAuth;
using WebApp.Identity.Pages;
using WebApp.Identity.Sessions;
using WebApp.Storefront.Baskets;
using WebApp.Storefront.Errors;
using WebApp.Storefront.Layout;
using WebApp.Storefront.Orders;
using WebApp.Storefront.Reach;
using WebApp.Storefront.Texts;

namespace WebApp.Storefront;

public static class StorefrontSetup
{
    public static void AddStorefront(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddExceptionHandler<PageFaults>();
        builder.Services.AddAuthorizationAnswers();
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "shop.form";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.AddScoped<ThemeChoice>();
        builder.Services.AddScoped<Flash>();
        builder.Services.AddScoped<PageAddress>();
        builder.Services.AddScoped<PlacedOrders>();
        builder.Services.AddScoped<OrderKeys>();
        builder.Services.AddScoped<VisitorOrders>();
        builder.Services.AddScoped<SaveProduct>();
        builder.Services.AddSingleton<PublicLinks>();
        builder.Services.AddSingleton<ShopTexts>();
        builder.Services.AddOptions<TextOptions>().BindConfiguration(TextOptions.SectionName);
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = false);
    }

    /// <summary>The pipeline, in its order. A fault becomes a page for people, and problem details for programs.</summary>
    public static void UseStorefront(this WebApplication app)
    {
        app.UseForwardedAddresses();
        app.UseHostCookies();
        app.UseSafeHeaders();
        app.UseSecurityHeaders();
        app.UseAllowedHosts();
        app.UseLocalLocations();
        app.UseHeadAsGet();
        app.UseResponseCompression();
        app.UseWhen(context => context.Request.IsApi(), api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(context => !context.Request.IsApi(), pages =>
        {
            pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
            pages.UseStatusPagesAsGet();
            pages.UseExceptionHandler("/error", createScopeForErrors: true);
        });
        app.UseOAuthCors();
        app.UseRouting();
        app.UseRequestBodyLimit();
        app.UseAuthentication();
        app.UseCheckedSessions();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseRefusedForms();
    }

    public static void MapStorefront(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapSitemap();
        app.MapPost("/theme", ThemeChoice.Choose);
        app.MapPost("/sign-out", SignOut.HandleAsync);
        app.MapAccountForms();
        app.MapBasketForms();
        app.MapOrderForms();
        app.MapWebhookForms();
        app.MapProductForms();
        app.MapRazorComponents<App>();
    }
}

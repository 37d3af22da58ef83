using Flows.Access;
using Flows.Api;
using Flows.DeadLetters;
using Flows.Expectations;
using Flows.Pages;
using Flows.Stitching;
using Flows.Following;
using Flows.Listening;
using Flows.Otlp;
using Flows.Overview;
using Flows.Traces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flows;

/// <summary>The whole application. Tests start it in their own process.</summary>
public static class FlowsApp
{
    /// <exception cref="FlowsConfigurationException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        CommandLine.Check(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(FlowsApp).Assembly.GetName().Name,
            // The working directory can be any folder.
            ContentRootPath = AppContext.BaseDirectory,
        });
        CommandLine.AddTo(builder.Configuration, args);
        var options = FlowsConfiguration.Read(builder.Configuration);
        builder.WebHost.UseStaticWebAssets();
        builder.AddListeners(options);
        // Requests are not logged: the address of the login link contains the token.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning)
            // Program reports a failed start itself, in one sentence.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        AddServices(builder.Services, options);

        var app = builder.Build();
        app.UseBrowserGuards();
        app.UseExceptionHandler();
        app.UseRequestDecompression();
        app.UseWhen(
            context => HttpMethods.IsGet(context.Request.Method),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseListenerPurposes();
        app.UseApiKeys();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        MapEndpoints(app, options);
        app.Lifetime.ApplicationStarted.Register(() => Announcement.Print(app.Services.GetRequiredService<Listeners>(), options));
        return app;
    }

    private static void AddServices(IServiceCollection services, FlowsOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Limits).AddSingleton(TimeProvider.System);
        services.AddSingleton<TraceStore>().AddSingleton<LogStore>();
        services.AddSingleton(provider => provider.GetRequiredService<TraceStore>().Flows);
        services.AddSingleton<FlowStitcher>().AddSingleton<FlowCatalog>().AddSingleton<MessageCatalog>().AddSingleton<ProblemReader>();
        services.AddSingleton<ProcessCatalog>().AddSingleton<FlowWait>();
        services.AddOtlp();
        services.AddSingleton<FollowState>().AddSingleton<AspireLinks>();
        if (options.Followed is not null)
        {
            services.AddSingleton<TelemetryApi>().AddHostedService<DashboardFollower>();
        }

        services.AddDeadLetters(options.DeadLetters);
        services.AddProblemDetails();
        services.AddValidation();
        services.AddApiDocument();
        // The API answers 400 with a fault for each parameter, in every environment.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        // Keys are kept in memory, so sessions end with the process and nothing is written to the user's key folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = ".Flows.Antiforgery");
        services.AddAuthentication(BrowserSession.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BrowserSession>(BrowserSession.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder().AddFallbackPolicy("session", policy => policy.RequireAuthenticatedUser());
        services.ConfigureHttpJsonOptions(ApiJson.Configure);
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents().AddInteractiveServerComponents();
    }

    private static void MapEndpoints(WebApplication app, FlowsOptions options)
    {
        app.MapGrpcService<GrpcTraces>().AsOtlp(Purpose.OtlpGrpc, options);
        app.MapOtlpHttp().AsOtlp(Purpose.OtlpHttp, options);
        app.MapGet("/alive", () => TypedResults.Ok()).AllowAnonymous();
        app.MapLogin();
        app.MapDeadLetters();
        app.MapApi();
        app.MapOpenApi();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    private static void AsOtlp<T>(this T endpoints, Purpose purpose, FlowsOptions options) where T : IEndpointConventionBuilder => endpoints
        .WithMetadata(new AnswersAt(purpose))
        .RequireApiKey(ApiKeyGate.OtlpHeader, options.OtlpApiKey)
        .RequireRateLimiting(OtlpConcurrency.Policy)
        .AllowAnonymous();
}

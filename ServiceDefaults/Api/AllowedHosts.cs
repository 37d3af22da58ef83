using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ServiceDefaults.Health;

namespace ServiceDefaults.Api;

public static class AllowedHosts
{
    private static readonly ProblemDetails NotAllowed = new()
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "Host not allowed",
        Detail = $"The setting {AllowedHostOptions.Setting} does not have the host name of this request.",
    };

    internal static void AddAllowedHosts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AllowedHostOptions>()
            .Configure(options => options.Value = builder.Configuration[AllowedHostOptions.Setting])
            .ValidateDataAnnotations().ValidateOnStart();

        // The framework reads the setting too. Its answer does not name the setting, and it refuses probes of orchestrators.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
    }

    /// <summary>
    /// Answers 400 when the header <c>Host</c> has a name that <see cref="AllowedHostOptions"/> does not have: another site's page could
    /// reach the app through a name of its own. Requests for health are answered under any name, because probes use an IP address.
    /// </summary>
    public static void UseAllowedHosts(this WebApplication app)
    {
        var allowed = app.Services.GetRequiredService<IOptions<AllowedHostOptions>>().Value.Patterns.ToList();

        app.Use((context, next) => IsAllowed(context.Request, allowed) ? next(context) : RefuseAsync(context));
    }

    private static bool IsAllowed(HttpRequest request, List<StringSegment> allowed) =>
        !request.Host.HasValue || HostString.MatchesAny(request.Host.Value, allowed) || HealthDefaults.IsHealthRequest(request.Path);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return TypedResults.Problem(NotAllowed).ExecuteAsync(context);
    }
}

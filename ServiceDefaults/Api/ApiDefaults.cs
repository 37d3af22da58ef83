using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Health;

namespace ServiceDefaults.Api;

/// <summary>What every HTTP API of the shop has: problem details, JSON rules, rate limits, an OpenAPI document with its page.</summary>
public static class ApiDefaults
{
    /// <summary>
    /// Registers the defaults. Each service calls <c>AddValidation()</c> itself: .NET's source generator reads the types to validate from
    /// the project that makes the call.
    /// </summary>
    public static TBuilder AddApiDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);
        builder.Services.AddExceptionHandler<BadRequestHandler>();
        builder.Services.AddExceptionHandler<StoreOutageHandler>();

        // The same in every environment: BadRequestHandler answers 400 and names the fault.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });

        builder.AddForwardedAddresses();
        builder.AddSafeHeaders();
        builder.AddAllowedHosts();
        builder.AddRequestBodyLimit();
        builder.AddRateLimits();
        builder.AddOpenApiDocument();

        return builder;
    }

    /// <summary>
    /// The pipeline in its order, <c>/openapi/v1.json</c>, <c>/scalar</c>, <c>/health</c> and <c>/alive</c>. Needs
    /// <c>AddServiceDefaults</c>, <c>AddTokenAuthentication</c> and <see cref="AddApiDefaults"/>. Call it before mapping the features.
    /// </summary>
    public static WebApplication MapApiDefaults(this WebApplication app)
    {
        app.UseForwardedAddresses();
        app.UseSafeHeaders();
        app.UseAllowedHosts();
        app.UseHeadAsGet();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseRequestBodyLimit();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();

        app.MapOpenApi().AllowAnonymous();
        app.MapScalarPage();

        return app.MapDefaultEndpoints();
    }
}

using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;
using ServiceDefaults;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every HTTP API of the shop has: ProblemDetails, JSON rules, rate limits, an OpenAPI document with its page.</summary>
public static class ApiDefaults
{
    public static TBuilder AddApiDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);
        builder.Services.AddExceptionHandler<BadRequestHandler>();

        // In every environment alike; the handler above turns it into a 400 that names the fault.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });

        builder.AddRateLimits();
        builder.AddOpenApiDocument();

        return builder;
    }

    /// <summary>
    /// The pipeline in its order, <c>/openapi/v1.json</c>, <c>/scalar</c>, <c>/health</c> and <c>/alive</c>. Needs <c>AddServiceDefaults</c>,
    /// <c>AddTokenAuthentication</c> and <see cref="AddApiDefaults"/>. Call it before mapping the features.
    /// </summary>
    public static WebApplication MapApiDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();

        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/scalar").AllowAnonymous();

        return app.MapDefaultEndpoints();
    }
}

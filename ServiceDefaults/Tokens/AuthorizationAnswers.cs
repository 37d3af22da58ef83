using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Security;

namespace ServiceDefaults.Tokens;

/// <summary>
/// Writes refused access to the audit log, and lets routing answer 404 for an unknown path and 405 for a wrong method: the fallback policy
/// applies to them too and would answer 401.
/// </summary>
internal sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (context.GetEndpoint() is not RouteEndpoint)
        {
            return next(context);
        }

        if (authorizeResult.Forbidden)
        {
            context.LogForbidden();
        }

        return _default.HandleAsync(next, context, policy, authorizeResult);
    }
}

public static class AuthorizationAnswersSetup
{
    /// <summary>Writes requests of users without the required role to the audit log. <c>AddTokenAuthentication</c> includes it.</summary>
    public static IServiceCollection AddAuthorizationAnswers(this IServiceCollection services) =>
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
}

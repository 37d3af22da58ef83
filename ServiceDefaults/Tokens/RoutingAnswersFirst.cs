using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServiceDefaults.Tokens;

/// <summary>
/// Lets routing answer 404 for an unknown path and 405 for a wrong method. The fallback policy applies to them too and would answer 401.
/// </summary>
internal sealed class RoutingAnswersFirst : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        context.GetEndpoint() is RouteEndpoint ? _default.HandleAsync(next, context, policy, authorizeResult) : next(context);
}

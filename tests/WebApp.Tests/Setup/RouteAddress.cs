using Microsoft.AspNetCore.Routing.Patterns;

namespace WebApp.Tests.Setup;

/// <summary>An address for a route: its parameters are the empty id, or 1.</summary>
public static class RouteAddress
{
    public static string Of(RoutePattern route) => "/" + string.Join('/', route.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content is "guid") => $"{Guid.Empty}",
            _ => "1",
        }))));
}

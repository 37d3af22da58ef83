using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults;

/// <summary>Fills in what a bare status code leaves unsaid.</summary>
internal static class Problems
{
    /// <summary>Where the reason of a refused token is kept until the answer is written.</summary>
    public static readonly object TokenFailure = new();

    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Status ??= context.HttpContext.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= Explain(context.HttpContext, problem.Status.Value);
    }

    private static string? Explain(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ExplainChallenge(context.Items[TokenFailure]),
        StatusCodes.Status403Forbidden => "The access token is valid, but not for this.",
        StatusCodes.Status405MethodNotAllowed when context.Response.Headers.Allow is [_, ..] allow => $"Allowed here: {allow}.",
        StatusCodes.Status429TooManyRequests => "Too many requests. Retry-After says how many seconds to wait.",
        _ => null,
    };

    private static string ExplainChallenge(object? failure) => failure switch
    {
        null => "This needs an access token, sent as header 'Authorization: Bearer <token>'.",
        SecurityTokenExpiredException => "The access token has expired.",
        _ => "The access token is not valid.",
    };
}

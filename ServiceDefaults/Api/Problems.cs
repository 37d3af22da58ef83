using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Api;

/// <summary>Completes every problem: status, title, detail, and the names of faulty fields as the client wrote them.</summary>
internal static class Problems
{
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Status ??= context.HttpContext.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= Explain(context.HttpContext, problem.Status.Value);
        if (problem is HttpValidationProblemDetails validation)
        {
            validation.Errors = validation.Errors.ToDictionary(
                fault => ToJsonPath(fault.Key), fault => fault.Value, StringComparer.Ordinal);
        }
    }

    // Validation reports the members of C#, OrderLines[0].ProductId; the client wrote orderLines[0].productId.
    private static string ToJsonPath(string members) => string.Join('.', members.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static string? Explain(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ExplainChallenge(context.Items[TokenAuthentication.Failure]),
        StatusCodes.Status403Forbidden => "The access token is valid, but does not permit this operation.",
        StatusCodes.Status405MethodNotAllowed when context.Response.Headers.Allow is [_, ..] allow => $"Allowed methods: {allow}.",
        StatusCodes.Status413PayloadTooLarge => "The body of the request is too large.",
        StatusCodes.Status429TooManyRequests => "Too many requests. Wait as many seconds as the header Retry-After says.",
        StatusCodes.Status503ServiceUnavailable => "The service cannot reach its data at the moment. Try again in a moment.",
        _ => null,
    };

    private static string ExplainChallenge(object? failure) => failure switch
    {
        null => "An access token is required, in the header 'Authorization: Bearer <token>'.",
        SecurityTokenExpiredException => "The access token has expired.",
        _ => "The access token is not valid.",
    };
}

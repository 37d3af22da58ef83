using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ServiceDefaults.Api;

/// <summary>Answers a request that could not be read: names the parameters, or the field and the position in the JSON.</summary>
internal sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException badRequest)
        {
            return false;
        }

        httpContext.Response.StatusCode = badRequest.StatusCode;
        ProblemDetails problem =
            badRequest.InnerException is JsonException json ? DescribeJson(json)
            : UnreadableParameters.Of(httpContext) is { Count: > 0 } unreadable ? new HttpValidationProblemDetails(unreadable)
            : new ProblemDetails { Detail = DescribeRequest(badRequest) };
        problem.Status = badRequest.StatusCode;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    // The framework's message for an empty body names C# parameters, which a client cannot know.
    private static string DescribeRequest(BadHttpRequestException exception) =>
        exception.Message.Contains("no body was provided", StringComparison.Ordinal) ? "A JSON body is required." : exception.Message;

    private static HttpValidationProblemDetails DescribeJson(JsonException exception)
    {
        // Path is like $.card.number; line and position count from 0.
        var field = exception.Path is ['$', '.', .. var path] ? path : "";
        var position = $"line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}";

        return new(new Dictionary<string, string[]>
        {
            [field] = [field.Length > 0 ? $"The value at {position} cannot be read." : $"The body is not valid JSON at {position}."],
        })
        {
            Title = "The body could not be read.",
            Detail = field.Length > 0 ? $"'{field}' at {position} could not be read." : $"The JSON is malformed at {position}.",
        };
    }
}

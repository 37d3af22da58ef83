using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults;

/// <summary>Answers requests that could not be read: the field and the position in the JSON, the parameter, the media type.</summary>
internal sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException badRequest)
        {
            return false;
        }

        httpContext.Response.StatusCode = badRequest.StatusCode;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = badRequest.InnerException is JsonException json
                ? DescribeJson(json, badRequest.StatusCode)
                : new() { Status = badRequest.StatusCode, Detail = DescribeRequest(badRequest) },
        });
    }

    // The framework's words for an empty body speak of parameters and services, which the caller cannot know.
    private static string DescribeRequest(BadHttpRequestException exception) =>
        exception.Message.Contains("no body was provided", StringComparison.Ordinal) ? "A JSON body is required." : exception.Message;

    private static HttpValidationProblemDetails DescribeJson(JsonException exception, int status)
    {
        // Path is like $.card.number; line and position count from 0.
        var field = exception.Path is ['$', '.', .. var path] ? path : "";
        var position = $"line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}";

        return new(new Dictionary<string, string[]>
        {
            [field] = [field.Length > 0 ? $"The value at {position} cannot be read." : $"The body is not valid JSON at {position}."],
        })
        {
            Status = status,
            Title = "The body could not be read.",
            Detail = field.Length > 0 ? $"'{field}' at {position} could not be read." : $"The JSON is malformed at {position}.",
        };
    }
}

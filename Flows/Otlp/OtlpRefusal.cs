using System.Globalization;
using Google.Rpc;

namespace Flows.Otlp;

/// <summary>
/// The answer to a request that is refused as a whole. OTLP asks for a <c>google.rpc.Status</c> in the encoding of the request.
/// </summary>
public sealed class OtlpRefusal(int statusCode, Code code, string message) : IResult
{
    private const string Grpc = "application/grpc";

    public static OtlpRefusal Of(OtlpException exception) => new(
        exception.Code == Code.ResourceExhausted ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest,
        exception.Code,
        exception.Message);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var contentType = httpContext.Request.ContentType;
        if (contentType?.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase) is true)
        {
            // gRPC sends its status in trailers. In an answer without a body, they are sent as headers with HTTP status 200.
            httpContext.Response.ContentType = Grpc;
            httpContext.Response.Headers["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
            httpContext.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
            return Task.CompletedTask;
        }

        if (code == Code.Unavailable)
        {
            httpContext.Response.Headers.RetryAfter = "1";
        }

        var format = OtlpFormats.Of(contentType) ?? OtlpFormat.Json;
        return format.ToResult(new Status { Code = (int)code, Message = message }, statusCode).ExecuteAsync(httpContext);
    }
}

using Google.Protobuf;
using Microsoft.Net.Http.Headers;

namespace Flows.Otlp;

/// <summary>How a request is encoded, and so how its answer is.</summary>
public enum OtlpFormat
{
    Protobuf,
    Json,
}

public static class OtlpFormats
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    // OTLP's JSON writes enumerations as numbers, unlike protobuf's JSON. Answers have no enumerations, so protobuf's JSON is correct for
    // them.
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    /// <summary>The format of a media type, which may be in any letter case and have parameters; null if it is neither.</summary>
    public static OtlpFormat? Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed))
        {
            return null;
        }

        return parsed.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase) ? OtlpFormat.Protobuf
            : parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? OtlpFormat.Json
            : null;
    }

    public static IResult ToResult(this OtlpFormat format, IMessage answer, int statusCode = StatusCodes.Status200OK) =>
        format == OtlpFormat.Json
            ? TypedResults.Text(Formatter.Format(answer), Json, statusCode: statusCode)
            : new ProtobufResult(answer, statusCode);

    private sealed class ProtobufResult(IMessage answer, int statusCode) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = statusCode;
            return TypedResults.Bytes(answer.ToByteArray(), Protobuf).ExecuteAsync(httpContext);
        }
    }
}

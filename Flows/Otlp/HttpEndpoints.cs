using System.Text.Json;
using Flows.Otlp.Wire.Collector.Logs;
using Flows.Otlp.Wire.Collector.Trace;
using Google.Protobuf;

namespace Flows.Otlp;

/// <summary>OTLP over HTTP: the same messages as over gRPC, as protobuf or JSON, optionally compressed.</summary>
public static class HttpEndpoints
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    // OTLP's JSON writes enumerations as numbers, unlike protobuf's JSON. Answers have no enumerations, so protobuf's JSON is correct for
    // them.
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    public static RouteGroupBuilder MapOtlpHttp(this IEndpointRouteBuilder endpoints)
    {
        var v1 = endpoints.MapGroup("/v1");
        v1.MapPost("/traces", ExportTracesAsync);
        v1.MapPost("/logs", ExportLogsAsync);
        return v1;
    }

    private static Task<IResult> ExportTracesAsync(HttpRequest request, Intake intake, CancellationToken cancellationToken) =>
        ExportAsync(request, ExportTraceServiceRequest.Parser, export => OtlpAnswer.Trace(intake.Offer(export)), cancellationToken);

    private static Task<IResult> ExportLogsAsync(HttpRequest request, Intake intake, CancellationToken cancellationToken) =>
        ExportAsync(request, ExportLogsServiceRequest.Parser, export => OtlpAnswer.Logs(intake.Offer(export)), cancellationToken);

    private static async Task<IResult> ExportAsync<T>(
        HttpRequest request, MessageParser<T> parser, Func<T, IMessage> offer, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var contentType = request.ContentType?.Split(';')[0].Trim();
        if (contentType is not (Protobuf or Json))
        {
            return TypedResults.Problem($"Content-Type is '{contentType}'; expected '{Protobuf}' or '{Json}'.", statusCode: 415);
        }

        var body = await ReadAllAsync(request, cancellationToken);
        try
        {
            return Answer(offer(contentType == Json ? OtlpJson.Parse<T>(body) : parser.ParseFrom(body.Span)), contentType);
        }
        catch (Exception exception) when (exception is JsonException or InvalidProtocolBufferException or InvalidJsonException)
        {
            return TypedResults.Problem($"The body is not OTLP: {exception.Message}", statusCode: 400);
        }
    }

    private static IResult Answer(IMessage answer, string contentType) => contentType == Json
        ? TypedResults.Text(Formatter.Format(answer), Json)
        : TypedResults.Bytes(answer.ToByteArray(), Protobuf);

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var length = (int)Math.Clamp(request.ContentLength ?? 0, 256, 1 << 20);
        using var buffer = new MemoryStream(length);
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}

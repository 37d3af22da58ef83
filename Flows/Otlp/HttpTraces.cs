using System.Buffers;
using System.IO.Pipelines;
using Code = Google.Rpc.Code;
using Microsoft.Net.Http.Headers;

namespace Flows.Otlp;

/// <summary>OTLP over HTTP: the same messages as over gRPC, as protobuf or JSON, optionally compressed.</summary>
public static class HttpTraces
{
    public static RouteHandlerBuilder MapOtlpHttp(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/v1/traces", ExportAsync);

    private static async Task<IResult> ExportAsync(HttpRequest request, Intake intake, CancellationToken cancellationToken)
    {
        if (OtlpFormats.Of(request.ContentType) is not { } format)
        {
            return NotSupported(
                $"{HeaderNames.ContentType} is '{request.ContentType}'; expected '{OtlpFormats.Protobuf}' or '{OtlpFormats.Json}'.");
        }

        // The middleware that decompresses removes the header.
        if (request.Headers.ContentEncoding is [{ } encoding] && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return NotSupported($"{HeaderNames.ContentEncoding} is '{encoding}'; expected gzip, deflate or br.");
        }

        try
        {
            return format.ToResult(intake.TakeTraces(format, await ReadAllAsync(request, cancellationToken)));
        }
        catch (OtlpException exception)
        {
            return OtlpRefusal.Of(exception);
        }
        catch (BadHttpRequestException exception)
        {
            var isTooLarge = exception.StatusCode == StatusCodes.Status413PayloadTooLarge;
            return new OtlpRefusal(exception.StatusCode, isTooLarge ? Code.ResourceExhausted : Code.InvalidArgument, exception.Message);
        }
    }

    private static OtlpRefusal NotSupported(string reason) =>
        new(StatusCodes.Status415UnsupportedMediaType, Code.InvalidArgument, reason);

    private static async Task<byte[]> ReadAllAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(request.BodyReader, cancellationToken);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Of broken data, BrotliStream says that the operation is invalid, unlike the streams of gzip and deflate.
    private static async ValueTask<ReadResult> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw OtlpException.NotOtlp($"it cannot be decompressed: {exception.Message}");
        }
    }
}

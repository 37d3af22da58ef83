using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Basket.Api.Baskets;

/// <summary>Reports a refusal: as ProblemDetails over REST, as a status with trailers over gRPC.</summary>
internal static class RefusalReplies
{
    public static ProblemHttpResult ToProblem(this Refusal refusal, HttpContext context)
    {
        if (refusal.RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Seconds(pause);
        }

        return refusal.Lines.Count > 0
            ? TypedResults.Problem(
                refusal.Detail, statusCode: StatusOf(refusal.Reason),
                extensions: new Dictionary<string, object?> { ["lines"] = refusal.Lines })
            : TypedResults.Problem(refusal.Detail, statusCode: StatusOf(refusal.Reason));
    }

    /// <summary>Each reason of each field is a trailer <c>error-{field}</c>.</summary>
    public static RpcException ToRpcException(this Refusal refusal)
    {
        var trailers = new Metadata();

        foreach (var (field, reasons) in refusal.Errors)
        {
            Array.ForEach(reasons, reason => trailers.Add($"error-{field.ToLowerInvariant()}", reason));
        }

        foreach (var line in refusal.Lines)
        {
            trailers.Add(string.Create(CultureInfo.InvariantCulture, $"unavailable-{line.ProductId}"), line.Reason);
        }

        if (refusal.RetryAfter is { } pause)
        {
            trailers.Add("retry-after", Seconds(pause));
        }

        return new RpcException(new Status(CodeOf(refusal.Reason), refusal.Detail), trailers);
    }

    private static string Seconds(TimeSpan pause) => Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static int StatusOf(RefusalReason reason) => reason switch
    {
        RefusalReason.Invalid => StatusCodes.Status400BadRequest,
        RefusalReason.NotFound => StatusCodes.Status404NotFound,
        RefusalReason.Conflict => StatusCodes.Status409Conflict,
        RefusalReason.KeyReused => StatusCodes.Status422UnprocessableEntity,
        RefusalReason.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static StatusCode CodeOf(RefusalReason reason) => reason switch
    {
        RefusalReason.Invalid => StatusCode.InvalidArgument,
        RefusalReason.NotFound => StatusCode.NotFound,
        RefusalReason.Conflict => StatusCode.FailedPrecondition,
        RefusalReason.KeyReused => StatusCode.AlreadyExists,
        RefusalReason.TooMany => StatusCode.ResourceExhausted,
        _ => StatusCode.Unavailable,
    };
}

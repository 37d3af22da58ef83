using System.Threading.RateLimiting;
using Google.Rpc;
using Microsoft.AspNetCore.RateLimiting;

namespace Flows.Otlp;

/// <summary>
/// The number of requests that are read at the same time, because each may need the memory of the largest request. The others wait, without
/// being read.
/// </summary>
public static class OtlpConcurrency
{
    public const string Policy = "otlp";

    /// <summary>Requests read at the same time.</summary>
    public const int Requests = 4;

    /// <summary>Requests that wait; one more is refused, and its sender may try again.</summary>
    public const int Waiting = 256;

    public static void Configure(RateLimiterOptions options)
    {
        options.AddConcurrencyLimiter(Policy, limiter =>
        {
            limiter.PermitLimit = Requests;
            limiter.QueueLimit = Waiting;
            limiter.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
        options.OnRejected = async (context, _) => await new OtlpRefusal(
            StatusCodes.Status503ServiceUnavailable, Code.Unavailable, $"{Requests + Waiting} requests are waiting already.")
            .ExecuteAsync(context.HttpContext);
    }
}

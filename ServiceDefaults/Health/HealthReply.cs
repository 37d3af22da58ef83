using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.Api;

namespace ServiceDefaults.Health;

/// <summary>
/// The body of <c>/health</c>: the state of each check. Exceptions are left out because they may quote a connection string.
/// </summary>
internal static class HealthReply
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        if (report.Status is HealthStatus.Unhealthy)
        {
            context.Response.Headers.RetryAfter = StoreOutage.RetryAfter;
        }

        return context.Response.WriteAsJsonAsync(
            new View(
                $"{report.Status}",
                report.Entries.ToDictionary(entry => entry.Key, entry => new CheckView($"{entry.Value.Status}", Describe(entry.Value)))),
            context.RequestAborted);
    }

    // The description of a check that threw is its exception's message.
    private static string? Describe(HealthReportEntry entry) =>
        entry.Exception is { } exception && (entry.Description is null || entry.Description == exception.Message)
            ? exception.GetType().Name
            : entry.Description;

    private sealed record View(string Status, Dictionary<string, CheckView> Checks);

    private sealed record CheckView(string Status, string? Description);
}

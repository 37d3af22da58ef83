using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServiceDefaults;

/// <summary>The body of <c>/health</c>: each check's state in words. Exceptions stay out, they may quote a connection string.</summary>
internal static class HealthReply
{
    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new View(
                $"{report.Status}",
                report.Entries.ToDictionary(entry => entry.Key, entry => new CheckView($"{entry.Value.Status}", Describe(entry.Value)))),
            context.RequestAborted);

    // A check that threw has its exception's message as description.
    private static string? Describe(HealthReportEntry entry) =>
        entry.Exception is { } exception && (entry.Description is null || entry.Description == exception.Message)
            ? exception.GetType().Name
            : entry.Description;

    private sealed record View(string Status, Dictionary<string, CheckView> Checks);

    private sealed record CheckView(string Status, string? Description);
}

using System.Globalization;

namespace WebApp.Identity.Attempts;

/// <summary>Says how long a client must wait, to people and to programs.</summary>
public static class WaitingTime
{
    /// <summary>"40 seconds" or "3 minutes", rounded up.</summary>
    public static string InWords(this TimeSpan wait) =>
        wait > TimeSpan.FromMinutes(1) ? Count(wait.TotalMinutes, "minute") : Count(Math.Max(1, wait.TotalSeconds), "second");

    /// <summary>For a page, which says it in words as well.</summary>
    public static void Refuse(this HttpContext context, TimeSpan wait)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.SetRetryAfter(wait);
    }

    public static void SetRetryAfter(this HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static string Count(double amount, string unit) =>
        Math.Ceiling(amount) is var whole and not 1 ? $"{whole} {unit}s" : $"1 {unit}";
}

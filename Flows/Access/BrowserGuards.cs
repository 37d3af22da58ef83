namespace Flows.Access;

/// <summary>Keeps other web pages in the same browser away.</summary>
public static class BrowserGuards
{
    public static void UseBrowserGuards(this WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<FlowsOptions>().Hosts;
        app.Use((context, next) => GuardAsync(context, hosts, next));
    }

    private static Task GuardAsync(HttpContext context, IReadOnlyList<string> hosts, RequestDelegate next)
    {
        // Set when the response starts: the exception handler clears headers that were set before.
        context.Response.OnStarting(() => SetHeadersAsync(context.Response.Headers));

        // DNS rebinding: a host name of an attacker that resolves to this machine is refused.
        if (!IsOwnName(context.Request.Host.Host, hosts))
        {
            return TypedResults
                .Problem(
                    $"Flows answers at {string.Join(", ", hosts.Append("localhost"))}, not at '{context.Request.Host.Host}'.",
                    statusCode: StatusCodes.Status400BadRequest)
                .ExecuteAsync(context);
        }

        // For cookies, a page at another port of localhost is the same site. Its WebSockets and posts are refused here.
        if (context.Request.Headers.Origin is [{ Length: > 0 } origin] && IsForeign(origin, context.Request))
        {
            return TypedResults.Problem($"Requests from pages of '{origin}' are not accepted.", statusCode: 403).ExecuteAsync(context);
        }

        context.Response.OnStarting(() =>
        {
            context.Response.Headers.ContentSecurityPolicy = PolicyAt(context.Request.Host);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static Task SetHeadersAsync(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    // Older browsers do not count WebSockets to the page's own address as 'self'. Style attributes place the bars of the lanes, and
    // Blazor's Virtualize sizes its spacers by them; style elements and scripts in a page are refused.
    private static string PolicyAt(HostString host) =>
        $"default-src 'self'; img-src 'self' data:; style-src-attr 'unsafe-inline'; connect-src 'self' ws://{host} wss://{host}; " +
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static bool IsOwnName(string host, IReadOnlyList<string> hosts) => host is "localhost" or "127.0.0.1" or "[::1]"
        || hosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        // The name is repeated in the policy above, where other characters would have a meaning.
        || (host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) && Uri.CheckHostName(host) == UriHostNameType.Dns);

    private static bool IsForeign(string origin, HttpRequest request) =>
        !Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.Value;
}

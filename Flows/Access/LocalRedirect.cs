namespace Flows.Access;

/// <summary>Redirects to a path of Flows, so that the token does not stay in the address.</summary>
public sealed class LocalRedirect(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Redirect(Encode(path));
        return Task.CompletedTask;
    }

    // A response header cannot contain characters outside ASCII.
    private static string Encode(string path) =>
        string.Concat(path.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}

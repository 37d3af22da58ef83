namespace WebApp.Storefront.Errors;

public static class RequestKind
{
    /// <summary>Whether a program sent the request: it gets problem details where people get a page.</summary>
    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments("/api");
}

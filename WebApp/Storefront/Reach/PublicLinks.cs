namespace WebApp.Storefront.Reach;

/// <summary>
/// Addresses of pages for the outside: search engines, and sites that show a link. They begin with the setting <c>Shop:PublicUrl</c>; the
/// header <c>Host</c> of a request is chosen by the client.
/// </summary>
public sealed class PublicLinks(IConfiguration configuration)
{
    /// <summary>Whether the shop knows its own address.</summary>
    public bool AreKnown => Root.Length > 0;

    /// <param name="path">Begins with a slash.</param>
    /// <returns>The whole address; only the path if the shop does not know its own address.</returns>
    public string To(string path) => Root + path;

    private string Root => configuration["Shop:PublicUrl"]?.TrimEnd('/') ?? "";
}

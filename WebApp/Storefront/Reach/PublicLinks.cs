using Microsoft.Extensions.Options;

namespace WebApp.Storefront.Reach;

/// <summary>
/// Addresses of pages for the outside: search engines, and sites that show a link. They begin with the setting <c>Shop:PublicUrl</c>; the
/// header <c>Host</c> of a request is chosen by the client.
/// </summary>
public sealed class PublicLinks(IOptions<ShopOptions> shop)
{
    /// <param name="path">Begins with a slash.</param>
    public string To(string path) => shop.Value.LinkTo(path);
}

namespace WebApp;

/// <summary>The shop as the outside sees it; section <c>Shop</c>.</summary>
public sealed class ShopOptions
{
    public const string SectionName = "Shop";

    /// <summary>
    /// The address at which visitors open the shop, such as <c>https://shop.example.com</c>. Links in mails begin with it: the header
    /// <c>Host</c> of a request is chosen by the client. Required; default in development: <c>http://localhost:5100</c>.
    /// </summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Without a slash at the end.</summary>
    internal Uri Address => new(PublicUrl.TrimEnd('/'));

    /// <param name="path">Begins with a slash.</param>
    internal string LinkTo(string path) => path.StartsWith('/')
        ? PublicUrl.TrimEnd('/') + path
        : throw new ArgumentException("The path of a link must begin with a slash.", nameof(path));
}

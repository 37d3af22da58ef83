namespace WebApp.Storefront.Texts;

/// <summary>Section <c>Texts</c>.</summary>
public sealed class TextOptions
{
    public const string SectionName = "Texts";

    /// <summary>
    /// A folder with the owner's Markdown files: <c>contact.md</c>, <c>delivery.md</c>, <c>privacy.md</c>, <c>terms.md</c> and
    /// <c>imprint.md</c>. Changes show at once. Default: the example texts that come with the shop.
    /// </summary>
    public string? Folder { get; set; }
}

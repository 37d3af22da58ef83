using System.Collections.Concurrent;
using Markdig;
using Microsoft.Extensions.Options;

namespace WebApp.Storefront.Texts;

/// <summary>
/// The texts of the shop: Markdown files that its owner edits without a release. HTML in them is shown as text: who may edit a text may not
/// thereby run scripts.
/// </summary>
public sealed class ShopTexts(IOptions<TextOptions> options)
{
    public static readonly IReadOnlyList<ShopText> All =
    [
        new("/contact", "contact.md", "Contact"),
        new("/delivery", "delivery.md", "Delivery and returns"),
        new("/privacy", "privacy.md", "Privacy"),
        new("/terms", "terms.md", "Terms"),
        new("/imprint", "imprint.md", "Imprint"),
    ];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    private readonly ConcurrentDictionary<string, (DateTime Written, RenderedText Text)> _rendered = new();

    /// <summary>The text as it is now: a file that was edited is read again.</summary>
    public RenderedText Read(ShopText text)
    {
        var file = FileOf(text.File);
        var written = File.GetLastWriteTimeUtc(file);
        if (!_rendered.TryGetValue(file, out var known) || known.Written != written)
        {
            _rendered[file] = known = (written, RenderedText.From(File.ReadAllText(file), Pipeline));
        }

        return known.Text;
    }

    // A file that the owner does not have is the one that came with the shop.
    private string FileOf(string name) => options.Value.Folder is { Length: > 0 } folder && File.Exists(Path.Combine(folder, name))
        ? Path.Combine(folder, name)
        : Path.Combine(AppContext.BaseDirectory, "Storefront", "Texts", "Files", name);
}

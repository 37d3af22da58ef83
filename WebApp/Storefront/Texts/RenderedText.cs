using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace WebApp.Storefront.Texts;

/// <param name="Title">The first heading.</param>
/// <param name="Summary">The first paragraph, without its formatting.</param>
public sealed record RenderedText(string Title, string Summary, string Html)
{
    public static RenderedText From(string markdown, MarkdownPipeline pipeline)
    {
        var document = Markdown.Parse(markdown, pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(link => !IsSafe(link.Url)))
        {
            link.Url = "";
        }

        return new RenderedText(
            PlainOf(document.OfType<HeadingBlock>().FirstOrDefault()) ?? "Shop",
            PlainOf(document.OfType<ParagraphBlock>().FirstOrDefault()) ?? "",
            document.ToHtml(pipeline));
    }

    // Not javascript:, for example. On Unix, a path counts as the absolute address of a file.
    private static bool IsSafe(string? address) => address is null or ['/', ..] || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
        || uri.Scheme is "http" or "https" or "mailto" or "tel";

    private static string? PlainOf(LeafBlock? block) => block?.Inline is { } inline
        ? string.Concat(inline.Descendants<LiteralInline>().Select(text => text.Content.ToString()))
        : null;
}

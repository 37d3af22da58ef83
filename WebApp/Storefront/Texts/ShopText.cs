namespace WebApp.Storefront.Texts;

/// <summary>A page of text, such as the terms.</summary>
/// <param name="Path">The address of the page.</param>
/// <param name="File">The name of the Markdown file.</param>
/// <param name="Link">What links to it say.</param>
public sealed record ShopText(string Path, string File, string Link);

namespace WebApp.Storefront;

/// <summary>
/// Metadata of an endpoint whose response is content of others, shown in a frame of the shop's own pages. Browsers run no script of it and
/// load nothing for it.
/// </summary>
public sealed class FramedContent;

using System.Xml.Linq;
using Microsoft.AspNetCore.Http.HttpResults;
using WebApp.Clients;
using WebApp.Identity.Sessions;
using WebApp.Storefront.Texts;

namespace WebApp.Storefront.Reach;

/// <summary>The addresses that search engines should read.</summary>
public static class Sitemap
{
    private const int PageSize = 100;

    // The protocol allows 50 000 addresses in one file.
    private const int MostProducts = 40_000;

    private static readonly XNamespace Protocol = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void MapSitemap(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sitemap.xml", ListAsync).AllowAnonymous().WithMetadata(new IgnoresVisitor()).ExcludeFromDescription();
        app.MapGet("/robots.txt", Robots).AllowAnonymous().WithMetadata(new IgnoresVisitor()).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(
        CatalogClient catalog, PublicLinks links, HttpContext context, CancellationToken cancellationToken)
    {
        List<string> paths = ["/", .. ShopTexts.All.Select(text => text.Path)];
        var types = await catalog.ListTypesAsync(cancellationToken);
        if (types.Value is null)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        paths.AddRange(types.Value.Select(type => new CatalogQuery { Types = [type.Id] }.ToPath()));
        for (var page = 1; page <= MostProducts / PageSize; page++)
        {
            var list = await catalog.ListAsync(new CatalogQuery { Page = page, PageSize = PageSize }, cancellationToken);
            if (list.Value is not { } items)
            {
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            paths.AddRange(items.Data.Select(item => $"/products/{item.Id}"));
            if (items.Data.Count < PageSize)
            {
                break;
            }
        }

        context.Response.Headers.CacheControl = "public, max-age=3600";
        var document = new XDocument(new XElement(
            Protocol + "urlset", paths.Select(path => new XElement(Protocol + "url", new XElement(Protocol + "loc", links.To(path))))));
        return TypedResults.Text($"""<?xml version="1.0" encoding="UTF-8"?>{"\n"}{document}""", "application/xml");
    }

    private static ContentHttpResult Robots(PublicLinks links, HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Text(
            $"""
            User-agent: *
            Disallow: /admin
            Disallow: /account
            Disallow: /basket
            Disallow: /checkout
            Disallow: /orders
            Disallow: /api

            Sitemap: {links.To("/sitemap.xml")}
            """, "text/plain");
    }
}

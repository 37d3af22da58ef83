using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>What search engines and other sites read.</summary>
public sealed partial class ReachTests(TestServers servers)
{
    private const string Address = Shop.PublicUrl;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Product_HasOneAddress_ACard_AndDataThatEndsNoElement()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json("GET /api/catalog/items/1", Things.Item(1, name: "</script><b>Lamp"));
        using var http = shop.CreateClient();

        var html = await http.GetStringAsync("/products/1?utm_source=mail", Stop);

        Assert.Contains($"""<link rel="canonical" href="{Address}/products/1" />""", html, StringComparison.Ordinal);
        Assert.Contains(
            $"""<meta property="og:image" content="{Address}/product-images/1?width=640&amp;""", html, StringComparison.Ordinal);
        var graph = JsonDocument.Parse(Data().Match(html).Groups["data"].Value).RootElement.GetProperty("@graph");
        var (product, crumbs) = (graph[0], graph[1]);
        Assert.Equal("</script><b>Lamp", product.GetProperty("name").GetString());
        var offer = product.GetProperty("offers");
        Assert.Equal("89.00", offer.GetProperty("price").GetString());
        Assert.Equal("https://schema.org/InStock", offer.GetProperty("availability").GetString());
        Assert.Equal(3, crumbs.GetProperty("itemListElement").GetArrayLength());
    }

    [Theory]
    [InlineData("/?sort=price&stock=1", "/")]
    [InlineData("/?type=1&sort=-price&min=3", "/?type=1")]
    [InlineData("/?q=lamp&page=2", "/?q=lamp")]
    [InlineData("/terms", "/terms")]
    public async Task Variants_OfAPage_NameTheOneAddress(string path, string canonical)
    {
        await using var shop = await BorrowAsync();
        var browser = new Browser(shop);

        await browser.GetAsync(path);

        Assert.Contains($"""<link rel="canonical" href="{Address}{canonical}" />""", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sitemap_HasEachProductTypeAndText_AndRobotsNameIt()
    {
        await using var shop = await BorrowAsync();
        using var http = shop.CreateClient();

        var sitemap = XDocument.Parse(await http.GetStringAsync("/sitemap.xml", Stop));
        var robots = await http.GetStringAsync("/robots.txt", Stop);

        var addresses = sitemap.Descendants().Where(element => element.Name.LocalName == "loc")
            .Select(element => element.Value).ToHashSet();
        Assert.Superset(
            new HashSet<string> { $"{Address}/", $"{Address}/products/1", $"{Address}/?type=1", $"{Address}/privacy" }, addresses);
        Assert.Contains($"Sitemap: {Address}/sitemap.xml", robots, StringComparison.Ordinal);
        Assert.Contains("Disallow: /admin", robots, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sitemap_WhileTheCatalogIsDown_IsNotEmptyButUnavailable()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        using var response = await http.GetAsync("/sitemap.xml", Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Theory]
    [InlineData("/contact", "Contact")]
    [InlineData("/delivery", "Delivery and returns")]
    [InlineData("/privacy", "Privacy")]
    [InlineData("/terms", "Terms")]
    [InlineData("/imprint", "Imprint")]
    public async Task Texts_ArePages_LinkedInTheFooter(string path, string title)
    {
        await using var shop = await BorrowAsync();
        var browser = new Browser(shop);

        await browser.GetAsync("/sign-in");
        Assert.Contains($"<a href=\"{path}\">{title}</a>", browser.Html, StringComparison.Ordinal);
        await browser.GetAsync(path);

        Assert.Contains($"<h1>{title}</h1>", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_OfTheOwner_ReplacesTheExample_ChangesAtOnce_AndRunsNoScript()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "contact.md");
        await File.WriteAllTextAsync(file, "# Talk to us\n\n<script>alert(1)</script>\n\n[Write](javascript:alert(1))", Stop);
        await using var shop = await Shop.OpenAsync(servers, settings => settings["Texts:Folder"] = folder.FullName);
        using var http = shop.CreateClient();

        var first = await http.GetStringAsync("/contact", Stop);
        await File.WriteAllTextAsync(file, "# Call us", Stop);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(5));
        var second = await http.GetStringAsync("/contact", Stop);
        folder.Delete(recursive: true);

        Assert.Contains("Talk to us", first, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", first, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript:", first, StringComparison.Ordinal);
        Assert.Contains("Call us", second, StringComparison.Ordinal);
        Assert.Contains("<h1>Imprint", await http.GetStringAsync("/imprint", Stop), StringComparison.Ordinal);
    }

    private async Task<Shop> BorrowAsync()
    {
        var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        return shop;
    }

    [GeneratedRegex("""<script type="application/ld\+json">(?<data>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();
}

using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class HeadTests(TestServers servers, Backend backend) : IClassFixture<Backend>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/products/1")]
    [InlineData("/css/base.css")]
    [InlineData("/no/such/page")]
    [InlineData("/account")]
    [InlineData("/product-images/1")]
    [InlineData("/api/catalog/items/1")]
    [InlineData("/health")]
    public async Task Head_AnswersAsGet_WithoutABody(string path)
    {
        await using var shop = await Shop.BorrowAsync(servers, ("services:catalog-api:http:0", backend.Address));
        shop.Fakes.WithCatalog();
        using var http = shop.CreateDefaultClient();

        using var get = await http.GetAsync(path, TestContext.Current.CancellationToken);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), TestContext.Current.CancellationToken);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.NotEqual(HttpStatusCode.InternalServerError, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}

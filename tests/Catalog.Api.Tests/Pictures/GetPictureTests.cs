using System.Net;
using Catalog.Api.Tests.Setup;
using SkiaSharp;

namespace Catalog.Api.Tests.Pictures;

public sealed class GetPictureTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Theory]
    [InlineData("", 640)]
    [InlineData("?width=160", 160)]
    [InlineData("?width=320", 320)]
    [InlineData("?width=1280", 1280)]
    public async Task Picture_IsWebpInTheSizeThatWasAskedFor(string query, int width)
    {
        using var response = await App.Anyone.GetAsync($"api/catalog/items/7/pic{query}", Stop);
        using var codec = SKCodec.Create(new MemoryStream(await response.Content.ReadAsByteArrayAsync(Stop)));

        Assert.Equal("image/webp", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((SKEncodedImageFormat.Webp, width, width), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
    }

    [Fact]
    public async Task Drawing_IsTransparentAroundTheProduct_SoThatItFitsBothThemes()
    {
        for (var id = 1; id <= 104; id++)
        {
            using var response = await App.Anyone.GetAsync($"api/catalog/items/{id}/pic?width=160", Stop);
            using var picture = SKBitmap.Decode(await response.Content.ReadAsByteArrayAsync(Stop));

            Assert.Equal(0, picture.GetPixel(0, 0).Alpha);
            Assert.Equal(0, picture.GetPixel(picture.Width - 1, 0).Alpha);
        }
    }

    [Fact]
    public async Task Picture_WithItsVersion_MayBeKeptForEver_AndElseForAnHour()
    {
        var version = (string)(await App.ItemAsync(7, Stop))["pictureVersion"]!;

        using var current = await App.Anyone.GetAsync($"api/catalog/items/7/pic?version={version}", Stop);
        using var old = await App.Anyone.GetAsync("api/catalog/items/7/pic?version=0123456789abcdef", Stop);
        using var unversioned = await App.Anyone.GetAsync("api/catalog/items/7/pic", Stop);

        Assert.Equal("public, max-age=31536000, immutable", Assert.Single(current.Headers.GetValues("Cache-Control")));
        Assert.Equal(TimeSpan.FromHours(1), old.Headers.CacheControl?.MaxAge);
        Assert.Equal(TimeSpan.FromHours(1), unversioned.Headers.CacheControl?.MaxAge);
        Assert.Equal(current.Headers.ETag, old.Headers.ETag);
    }

    [Fact]
    public async Task Picture_OfAProductWithoutOne_IsTheParcel()
    {
        var id = await App.NewProductAsync(stock: 1, Stop);

        using var response = await App.Anyone.GetAsync($"api/catalog/items/{id}/pic", Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/webp", response.Content.Headers.ContentType?.MediaType);
    }
}

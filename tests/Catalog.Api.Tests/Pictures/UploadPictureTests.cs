using System.Net;
using System.Net.Http.Headers;
using Catalog.Api.Tests.Setup;
using Contracts.Catalog;
using SkiaSharp;

namespace Catalog.Api.Tests.Pictures;

public sealed class UploadPictureTests(SharedApp shared)
{
    private static readonly SKColor Left = new(200, 30, 30);
    private static readonly SKColor Right = new(30, 30, 200);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Picture_IsServedInAllSizes_AndTheProductHasANewVersion(SKEncodedImageFormat format)
    {
        var id = await App.NewProductAsync(stock: 1, Stop);
        var before = await App.ItemAsync(id, Stop);

        using var response = await UploadAsync(id, Drawing(1000, 500, format));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var item = await App.ItemAsync(id, Stop);
        Assert.Equal(EntityTagHeaderValue.Parse($"\"{(long)item["version"]!}\""), response.Headers.ETag);
        Assert.NotEqual((string)before["pictureVersion"]!, (string)item["pictureVersion"]!);
        await App.Others.ReceivesAsync<ProductChanged>("catalog.product-changed", e => e.ProductId == id && e.Version == 2);
        foreach (var width in new[] { 160, 320, 640, 1280 })
        {
            using var picture = await PictureAsync(id, width, (string)item["pictureVersion"]!);
            Assert.Equal((width, width), (picture.Width, picture.Height));
            Assert.True(IsNear(Left, picture.GetPixel(width / 4, width / 2)) && IsNear(Right, picture.GetPixel(width * 3 / 4, width / 2)));

            // The space above and below a wide picture shows the page.
            Assert.Equal(0, picture.GetPixel(width / 2, width / 10).Alpha);
        }
    }

    [Fact]
    public async Task Picture_ThatReplacesAnother_IsTheOnlyOneThatIsKept()
    {
        var id = await App.NewProductAsync(stock: 1, Stop);
        using var first = await UploadAsync(id, Drawing(300, 300, SKEncodedImageFormat.Png));
        using var second = await UploadAsync(id, Drawing(400, 400, SKEncodedImageFormat.Png));
        using var again = await UploadAsync(id, Drawing(400, 400, SKEncodedImageFormat.Png));

        Assert.All([first, second, again], response => Assert.Equal(HttpStatusCode.NoContent, response.StatusCode));
        Assert.Equal(second.Headers.ETag, again.Headers.ETag);
        await using var connection = await App.ConnectAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select string_agg(width::text, ',' order by width) from pictures where product_id = {id}";
        Assert.Equal("160,320,640", await command.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task Photo_OfATurnedCamera_IsUpright_AndWithoutItsMetadata()
    {
        var id = await App.NewProductAsync(stock: 1, Stop);

        // A photo whose camera was turned: stored with the top on the left, to be rotated by 90 degrees.
        using var response = await UploadAsync(id, WithOrientation(Drawing(600, 600, SKEncodedImageFormat.Jpeg), orientation: 6));
        using var served = await App.Anyone.GetAsync($"api/catalog/items/{id}/pic", Stop);
        var bytes = await served.Content.ReadAsByteArrayAsync(Stop);
        using var picture = SKBitmap.Decode(bytes);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(IsNear(Left, picture.GetPixel(320, 160)) && IsNear(Right, picture.GetPixel(320, 480)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("Exif"u8));
    }

    [Theory]
    [InlineData("", "The picture must be a JPEG, PNG or WebP file.")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "The picture must be a JPEG, PNG or WebP file.")]
    [InlineData("GIF89a", "The picture must be a JPEG, PNG or WebP file.")]
    public async Task OtherContent_IsRefused_WhateverItsTypeSays(string content, string reason) =>
        await IsRefusedAsync(System.Text.Encoding.ASCII.GetBytes(content), reason);

    [Fact]
    public async Task DamagedPicture_IsRefused() =>
        await IsRefusedAsync(Drawing(600, 600, SKEncodedImageFormat.Png)[..^900], "The picture is damaged: only a part of it can be read.");

    [Fact]
    public async Task SmallPicture_IsRefused() => await IsRefusedAsync(
        Drawing(400, 120, SKEncodedImageFormat.Png),
        "The picture has 400 × 120 pixels; each side needs at least 200, and all must be at most 50 million.");

    [Fact]
    public async Task HugePicture_IsRefusedBeforeItIsDecoded()
    {
        // The size is in the header of a PNG; nothing else of the file is needed to refuse it.
        var png = Drawing(300, 300, SKEncodedImageFormat.Png);
        (png[16], png[17], png[18], png[19]) = (0, 1, 0, 0);
        (png[20], png[21], png[22], png[23]) = (0, 1, 0, 0);
        WriteChecksum(png.AsSpan(12, 17), png.AsSpan(29, 4));

        await IsRefusedAsync(
            png, "The picture has 65536 × 65536 pixels; each side needs at least 200, and all must be at most 50 million.");
    }

    [Fact]
    public async Task UnknownProduct_IsNotFound()
    {
        using var response = await UploadAsync(987654, Drawing(300, 300, SKEncodedImageFormat.Png));

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    private async Task IsRefusedAsync(byte[] content, string reason)
    {
        var id = await App.NewProductAsync(stock: 1, Stop);

        using var response = await UploadAsync(id, content);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(reason, (string)problem["errors"]!["picture"]![0]!);
        Assert.Equal(1, (long)(await App.ItemAsync(id, Stop))["version"]!);
    }

    private async Task<HttpResponseMessage> UploadAsync(int id, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return await App.Admin.PutAsync($"api/catalog/items/{id}/pic", body, Stop);
    }

    private async Task<SKBitmap> PictureAsync(int id, int width, string version)
    {
        using var response = await App.Anyone.GetAsync($"api/catalog/items/{id}/pic?width={width}&version={version}", Stop);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        return SKBitmap.Decode(await response.Content.ReadAsByteArrayAsync(Stop));
    }

    private static byte[] Drawing(int width, int height, SKEncodedImageFormat format)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(Left);
        using var paint = new SKPaint { Color = Right };
        surface.Canvas.DrawRect(width / 2f, 0, width / 2f, height, paint);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>Adds an Exif segment with one entry after the start of a JPEG file.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        .. jpeg[..2],
        0xFF, 0xE1, 0, 34, .. "Exif"u8, 0, 0,
        .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        .. jpeg[2..],
    ];

    private static bool IsNear(SKColor expected, SKColor pixel) =>
        Math.Abs(expected.Red - pixel.Red) + Math.Abs(expected.Green - pixel.Green) + Math.Abs(expected.Blue - pixel.Blue) < 60;

    private static void WriteChecksum(ReadOnlySpan<byte> chunk, Span<byte> checksum)
    {
        var crc = uint.MaxValue;
        foreach (var value in chunk)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(checksum, ~crc);
    }
}

using SkiaSharp;

namespace Catalog.Api.Pictures;

/// <summary>
/// Turns an uploaded picture into square WebP files of all sizes. The file is decoded and drawn again: what is not a picture is refused,
/// and metadata such as the place where a photo was taken is not kept.
/// </summary>
public sealed class PictureEncoder : IDisposable
{
    public const int SmallestSide = 200;
    public const int MostPixels = 50_000_000;

    private const int Quality = 82;

    // A decoded picture has up to 200 MB; without the limit, a few uploads at once could take all memory.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The files, smallest first; or the reason why the picture is refused.</summary>
    public async Task<(IReadOnlyList<(int Width, byte[] Bytes)> Files, string? Fault)> EncodeAsync(
        byte[] upload, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return Encode(upload);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static (IReadOnlyList<(int Width, byte[] Bytes)> Files, string? Fault) Encode(byte[] upload)
    {
        using var data = SKData.CreateCopy(upload);
        using var codec = SKCodec.Create(data);
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp })
        {
            return ([], "The picture must be a JPEG, PNG or WebP file.");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (Math.Min(width, height) < SmallestSide || (long)width * height > MostPixels)
        {
            var measured = $"The picture has {width} × {height} pixels";
            return ([], $"{measured}; each side needs at least {SmallestSide}, and all must be at most 50 million.");
        }

        using var original = Decode(codec);
        if (original is null)
        {
            return ([], "The picture is damaged: only a part of it can be read.");
        }

        return ([.. PictureSizes.UpTo(Math.Max(width, height)).Select(size => (size, Draw(original, codec.EncodedOrigin, size)))], null);
    }

    // JPEG can be decoded at a fraction of its size, which saves most of the time and memory for photos.
    private static SKImage? Decode(SKCodec codec)
    {
        var wanted = (float)PictureSizes.All[^1] * 2 / Math.Max(codec.Info.Width, codec.Info.Height);
        var size = wanted < 1 ? codec.GetScaledDimensions(wanted) : codec.Info.Size;
        using var colours = SKColorSpace.CreateSrgb();
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colours));
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is SKCodecResult.Success ? SKImage.FromBitmap(bitmap) : null;
    }

    // The whole picture in the middle of a transparent square: cutting it to a square could cut off a part of the product.
    private static byte[] Draw(SKImage original, SKEncodedOrigin origin, int size)
    {
        using var colours = SKColorSpace.CreateSrgb();
        using var surface = SKSurface.Create(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Premul, colours));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.Transparent);
        canvas.Translate(size / 2f, size / 2f);
        TurnUpright(canvas, origin);
        canvas.Scale((float)size / Math.Max(original.Width, original.Height));
        canvas.DrawImage(
            original, -original.Width / 2f, -original.Height / 2f, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));

        using var pixels = surface.PeekPixels();
        using var webp = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, Quality))!;
        return webp.ToArray();
    }

    /// <summary>Cameras store photos as the sensor saw them, and how to turn them.</summary>
    private static void TurnUpright(SKCanvas canvas, SKEncodedOrigin origin)
    {
        var (degrees, isMirrored) = origin switch
        {
            SKEncodedOrigin.TopRight => (0, true),
            SKEncodedOrigin.BottomRight => (180, false),
            SKEncodedOrigin.BottomLeft => (180, true),
            SKEncodedOrigin.LeftTop => (270, true),
            SKEncodedOrigin.RightTop => (90, false),
            SKEncodedOrigin.RightBottom => (90, true),
            SKEncodedOrigin.LeftBottom => (270, false),
            _ => (0, false),
        };
        canvas.RotateDegrees(degrees);
        canvas.Scale(isMirrored ? -1 : 1, 1);
    }
}

#!/usr/bin/env dotnet
#:package SkiaSharp
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
#:include Drawing/*.cs

// Draws the pictures of the products in products.json: dotnet run Catalog.Api/Seed/draw-pictures.cs [contact-sheet.png]

using System.Runtime.CompilerServices;
using Catalog.Api.Seed.Drawing;
using SkiaSharp;

const int Columns = 13;
const int Thumbnail = 150;
// Each width with its quality: on a dense screen, more pixels hide what is lost.
(int Width, int Quality)[] sizes = [(160, 80), (320, 78), (640, 72), (1280, 60)];

var folder = Path.Combine(Path.GetDirectoryName(Here())!, "Pictures");
Directory.CreateDirectory(folder);
using var sheet = new SKBitmap(Columns * Thumbnail, (Shelf.Items.Length + 1 + Columns - 1) / Columns * Thumbnail);
using var sheetCanvas = new SKCanvas(sheet);
sheetCanvas.Clear(SKColor.Parse("#2B3A33"));
var largest = 0;

foreach (var item in Shelf.Items)
{
    var cell = (item.Id - 1) % 8 * Columns + ((item.Id - 1) / 8);
    Save($"{item.Id}.webp", Palette.All[item.Palette], sketch => item.Draw(sketch, item.Pattern), cell);
}

Save("placeholder.webp", Palette.All[12], Parcel.Draw, Shelf.Items.Length);
Console.WriteLine($"Drew {Shelf.Items.Length + 1} pictures into {folder}, the largest has {largest} bytes.");

if (args is [var sheetPath])
{
    using var png = sheet.Encode(SKEncodedImageFormat.Png, 90);
    File.WriteAllBytes(sheetPath, png.ToArray());
}

void Save(string name, Palette palette, Action<Sketch> draw, int cell)
{
    foreach (var (width, quality) in sizes)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, width, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.Scale(width / (float)Sketch.Size);
        var sketch = new Sketch(surface.Canvas, palette);
        sketch.Backdrop();
        draw(sketch);

        using var image = surface.Snapshot();
        using var pixels = image.PeekPixels();
        using var encoded = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality))!;
        var webp = encoded.ToArray();
        var path = Path.Combine(folder, $"{width}", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, webp);
        largest = Math.Max(largest, webp.Length);
        if (width == 320)
        {
            sheetCanvas.DrawImage(
                image, SKRect.Create(cell % Columns * Thumbnail, cell / Columns * Thumbnail, Thumbnail, Thumbnail),
                new SKSamplingOptions(SKCubicResampler.Mitchell));
        }
    }
}

static string Here([CallerFilePath] string path = "") => path;

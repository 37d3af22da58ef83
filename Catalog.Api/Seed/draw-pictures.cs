#!/usr/bin/env dotnet
#:package SkiaSharp
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
#:property PublishAot=false
#:include Drawing/*.cs

// Draws the pictures of the products in products.json: dotnet run Catalog.Api/Seed/draw-pictures.cs [contact-sheet.png]

using System.Runtime.CompilerServices;
using Catalog.Api.Seed.Drawing;
using SkiaSharp;

const int Columns = 13;
const int Thumbnail = 150;
const int BestQuality = 82;
const int MaxBytes = 12_000;

var folder = Path.Combine(Path.GetDirectoryName(Here())!, "Pictures");
Directory.CreateDirectory(folder);
using var sheet = new SKBitmap(Columns * Thumbnail, (Shelf.Items.Length + 1 + Columns - 1) / Columns * Thumbnail);
using var sheetCanvas = new SKCanvas(sheet);
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
    using var surface = SKSurface.Create(new SKImageInfo(Sketch.Size, Sketch.Size, SKColorType.Rgba8888, SKAlphaType.Premul));
    var sketch = new Sketch(surface.Canvas, palette);
    sketch.Backdrop();
    draw(sketch);

    using var image = surface.Snapshot();
    using var pixels = image.PeekPixels();
    var webp = Encode(pixels);
    File.WriteAllBytes(Path.Combine(folder, name), webp);
    largest = Math.Max(largest, webp.Length);
    sheetCanvas.DrawImage(
        image, SKRect.Create(cell % Columns * Thumbnail, cell / Columns * Thumbnail, Thumbnail, Thumbnail),
        new SKSamplingOptions(SKCubicResampler.Mitchell));
}

// The best quality that fits: a page of the shop shows dozens of pictures.
static byte[] Encode(SKPixmap pixels)
{
    for (var quality = BestQuality; ; quality -= 4)
    {
        using var webp = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality))!;
        if (webp.Size <= MaxBytes)
        {
            return webp.ToArray();
        }
    }
}

static string Here([CallerFilePath] string path = "") => path;

using System.Globalization;
using SkiaSharp;

namespace Catalog.Api.Seed.Drawing;

/// <summary>
/// Draws on a square of 600. Shapes are SVG paths; the light comes from the upper left, so solids get paler there and darker opposite.
/// </summary>
internal sealed class Sketch(SKCanvas canvas, Palette palette)
{
    public const int Size = 600;

    /// <summary>Where objects stand.</summary>
    public const float Floor = 482;

    public Palette Palette { get; } = palette;

    /// <summary>
    /// Only a darker floor: the rest is transparent, and the page's colour shows through, so that pictures fit the light and the dark
    /// theme.
    /// </summary>
    public void Backdrop() => Fill("M0 430 C150 410 450 410 600 430 L600 600 L0 600 Z", Black(14));

    /// <summary>The soft shadow of something that stands on the floor.</summary>
    public void Shadow(float x, float width, float y = Floor)
    {
        using var paint = new SKPaint { IsAntialias = true };
        paint.Shader = SKShader.CreateRadialGradient(
            new SKPoint(0, 0), 1, [Palette.Dark.WithAlpha(105), Palette.Dark.WithAlpha(48), Palette.Dark.WithAlpha(0)], [0, 0.55f, 1],
            SKShaderTileMode.Clamp);
        canvas.Save();
        canvas.Translate(x + 8, y);
        canvas.Scale(width / 2 * 1.16f, 22);
        canvas.DrawCircle(0, 0, 1, paint);
        canvas.Restore();
    }

    /// <summary>The shadow of something that hangs on a wall.</summary>
    public void WallShadow(string path)
    {
        using var shape = SKPath.ParseSvgPathData(path);
        using var paint = new SKPaint { IsAntialias = true, Color = Palette.Dark.WithAlpha(46) };
        paint.MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 12);
        canvas.Save();
        canvas.Translate(14, 20);
        canvas.DrawPath(shape, paint);
        canvas.Restore();
    }

    public void Fill(string path, SKColor colour)
    {
        using var shape = SKPath.ParseSvgPathData(path);
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        canvas.DrawPath(shape, paint);
    }

    /// <summary>A filled shape with volume, and a pattern on it.</summary>
    public void Solid(string path, SKColor colour, Pattern pattern = Pattern.Plain, SKColor? patternColour = null, float depth = 1)
    {
        using var shape = SKPath.ParseSvgPathData(path);
        var bounds = shape.Bounds;
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        canvas.DrawPath(shape, paint);
        canvas.Save();
        canvas.ClipPath(shape, antialias: true);
        Patterns.Draw(this, pattern, bounds, patternColour ?? Palette.Second);
        using var light = new SKPaint();
        light.Shader = SKShader.CreateLinearGradient(
            new SKPoint(bounds.Left, bounds.Top), new SKPoint(bounds.Right, bounds.Top + (bounds.Height * 0.35f)),
            [White((byte)(62 * depth)), White(0), Black(0), Black((byte)(66 * depth))], [0, 0.36f, 0.55f, 1], SKShaderTileMode.Clamp);
        canvas.DrawRect(bounds, light);
        canvas.Restore();
    }

    public void Line(string path, SKColor colour, float width, bool round = true)
    {
        using var shape = SKPath.ParseSvgPathData(path);
        using var paint = new SKPaint { IsAntialias = true, Color = colour, Style = SKPaintStyle.Stroke, StrokeWidth = width };
        paint.StrokeCap = round ? SKStrokeCap.Round : SKStrokeCap.Butt;
        paint.StrokeJoin = SKStrokeJoin.Round;
        canvas.DrawPath(shape, paint);
    }

    /// <summary>A rod or tube: a thick line with a bright edge.</summary>
    public void Tube(string path, SKColor colour, float width)
    {
        Line(path, colour, width);
        canvas.Save();
        canvas.Translate(-width * 0.2f, -width * 0.1f);
        Line(path, Shade(colour, 0.28f).WithAlpha(150), width * 0.28f);
        canvas.Restore();
    }

    public void Disc(float x, float y, float radius, SKColor colour) => Oval(x, y, radius, radius, colour);

    public void Oval(float x, float y, float radiusX, float radiusY, SKColor colour)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        canvas.DrawOval(x, y, radiusX, radiusY, paint);
    }

    public void Ball(float x, float y, float radius, SKColor colour)
    {
        using var paint = new SKPaint { IsAntialias = true };
        paint.Shader = SKShader.CreateRadialGradient(
            new SKPoint(x - (radius * 0.35f), y - (radius * 0.4f)), radius * 1.5f, [Shade(colour, 0.3f), colour, Shade(colour, -0.22f)],
            [0, 0.5f, 1],
            SKShaderTileMode.Clamp);
        canvas.DrawCircle(x, y, radius, paint);
    }

    public void Glow(float x, float y, float radius, SKColor colour)
    {
        using var paint = new SKPaint { IsAntialias = true };
        paint.Shader = SKShader.CreateRadialGradient(
            new SKPoint(x, y), radius, [colour.WithAlpha(190), colour.WithAlpha(0)], SKShaderTileMode.Clamp);
        canvas.DrawCircle(x, y, radius, paint);
    }

    /// <summary>A soft light reflex on glass or glaze.</summary>
    public void Gleam(string path, byte strength = 95) => Line(path, White(strength), 9);

    public void Within(string path, Action draw)
    {
        using var shape = SKPath.ParseSvgPathData(path);
        canvas.Save();
        canvas.ClipPath(shape, antialias: true);
        draw();
        canvas.Restore();
    }

    public void At(float x, float y, float degrees, Action draw, float scale = 1)
    {
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(degrees);
        canvas.Scale(scale);
        draw();
        canvas.Restore();
    }

    public static string Box(float x, float y, float width, float height, float radius = 0)
    {
        var r = Math.Min(radius, Math.Min(width, height) / 2);
        return string.Create(CultureInfo.InvariantCulture,
            $"M{x + r} {y} h{width - (2 * r)} a{r} {r} 0 0 1 {r} {r} v{height - (2 * r)} a{r} {r} 0 0 1 {-r} {r} h{-(width - (2 * r))} a{r} {r} 0 0 1 {-r} {-r} v{-(height - (2 * r))} a{r} {r} 0 0 1 {r} {-r} Z");
    }

    public static string Circle(float x, float y, float radius) => Ellipse(x, y, radius, radius);

    public static string Ellipse(float x, float y, float radiusX, float radiusY) => string.Create(CultureInfo.InvariantCulture,
        $"M{x - radiusX} {y} a{radiusX} {radiusY} 0 1 1 {2 * radiusX} 0 a{radiusX} {radiusY} 0 1 1 {-2 * radiusX} 0 Z");

    /// <summary>Lighter for positive, darker for negative amounts, from -1 to 1.</summary>
    public static SKColor Shade(SKColor colour, float amount)
    {
        var target = amount > 0 ? 255 : 0;
        var share = Math.Abs(amount);
        byte Mix(byte channel) => (byte)Math.Clamp(channel + ((target - channel) * share), 0, 255);
        return new SKColor(Mix(colour.Red), Mix(colour.Green), Mix(colour.Blue), colour.Alpha);
    }

    private static SKColor White(byte alpha) => SKColors.White.WithAlpha(alpha);

    private static SKColor Black(byte alpha) => new(30, 15, 20, alpha);
}

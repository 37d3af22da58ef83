using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Catalog.Api.Pictures;

/// <summary>The file names of uploaded pictures: <c>up-7-0123456789abcdef.webp</c> is a picture of product 7.</summary>
internal static partial class PictureNames
{
    private const int HashBytes = 8;

    public static string Of(int productId, byte[] content) => string.Create(
        CultureInfo.InvariantCulture, $"up-{productId}-{HashOf(content)}.webp");

    /// <summary>The hash in the name of an uploaded picture; null for the name of a file in the folder of pictures.</summary>
    public static string? FindHash(string fileName) =>
        Uploaded().Match(fileName) is { Success: true } match ? match.Groups["hash"].Value : null;

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, HashBytes));

    [GeneratedRegex("^up-[0-9]+-(?<hash>[0-9a-f]{16})\\.webp$")]
    private static partial Regex Uploaded();
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace WebApp.Tests.Identity;

/// <summary>An authenticator app: codes of RFC 6238 from a key in base 32.</summary>
internal sealed partial class Authenticator(string key)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Reads the key from the page that shows it.</summary>
    public static Authenticator Scan(string html) => new(Secret().Match(html).Groups[1].Value);

    /// <param name="step">The code of now is 0; neighbours are valid too, and differ.</param>
    public string Code(int step = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + step);
#pragma warning disable CA5350 // RFC 6238 and the apps use SHA-1.
        var hash = HMACSHA1.HashData(Bytes(), counter);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fff_ffff;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private byte[] Bytes()
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString(Base32.IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }

    [GeneratedRegex("secret=([A-Z2-7]+)&")]
    private static partial Regex Secret();
}

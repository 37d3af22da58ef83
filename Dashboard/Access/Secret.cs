using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Access;

/// <summary>Compares secrets in constant time.</summary>
public static class Secret
{
    public static bool Matches(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Hash(expected), Hash(given));

    // Hashes have one length, so that the time does not depend on the length either.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

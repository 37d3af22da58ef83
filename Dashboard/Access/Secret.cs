using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Access;

/// <summary>Compares secrets in a time that does not tell where they differ.</summary>
public static class Secret
{
    public static bool Matches(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Hash(expected), Hash(given));

    // Hashes have one length, so that not even the length is told.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

using System.Security.Cryptography;
using System.Text;

namespace Flows.Access;

/// <summary>Compares secrets in constant time.</summary>
public static class Secret
{
    public static bool Matches(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Hash(expected), Hash(given));

    // Hashes all have the same length, so the time of the comparison does not reveal the length of the secret.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

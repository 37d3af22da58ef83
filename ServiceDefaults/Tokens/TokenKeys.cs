using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults.Tokens;

/// <summary>
/// Reads the keys of access tokens. A setting may have several, separated by commas: while keys are rotated, the tokens of the old and of
/// the new one are accepted.
/// </summary>
public static class TokenKeys
{
    private const int Bits = 256;

    /// <summary>Public keys, each as base64 of its SubjectPublicKeyInfo.</summary>
    /// <exception cref="FormatException">One of them is not base64.</exception>
    /// <exception cref="CryptographicException">One of them is not a P-256 key.</exception>
    public static IReadOnlyList<ECDsaSecurityKey> ReadPublic(string setting) =>
        Read(setting, (key, bytes) => key.ImportSubjectPublicKeyInfo(bytes, out _));

    /// <summary>Private keys, each as PKCS#8 in base64. The first one signs.</summary>
    /// <inheritdoc cref="ReadPublic"/>
    public static IReadOnlyList<ECDsaSecurityKey> ReadPrivate(string setting) =>
        Read(setting, (key, bytes) => key.ImportPkcs8PrivateKey(bytes, out _));

    private static ECDsaSecurityKey[] Read(string setting, Action<ECDsa, byte[]> import) =>
    [
        .. setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => ReadOne(text, import)),
    ];

    // The key is never disposed: it is used as long as the process runs.
    private static ECDsaSecurityKey ReadOne(string text, Action<ECDsa, byte[]> import)
    {
        var key = ECDsa.Create();
        import(key, Convert.FromBase64String(text));
        if (key.KeySize != Bits)
        {
            throw new CryptographicException("The key is not on curve P-256.");
        }

        // Not the shared factory, which caches by the id of the key for the whole process: each of these has its own.
        var read = new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory() };
        read.KeyId = IdOf(read);
        return read;
    }

    /// <summary>The thumbprint of RFC 7638: the signer and the services compute the same one from the key.</summary>
    private static string IdOf(ECDsaSecurityKey key) =>
        Base64UrlEncoder.Encode(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key).ComputeJwkThumbprint());
}

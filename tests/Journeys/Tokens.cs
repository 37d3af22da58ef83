using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Journeys;

internal static class Tokens
{
    /// <summary>A well-formed token that expired yesterday, signed with another key than the shop's.</summary>
    public static string Expired()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeSeconds();
        var unsigned =
            $"{Encode("""{"alg":"ES256","typ":"JWT"}""")}."
            + $"{Encode($$"""{"sub":"{{Guid.NewGuid()}}","iss":"shop","aud":"shop","exp":{{yesterday}}}""")}";
        return $"{unsigned}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

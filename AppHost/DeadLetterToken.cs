using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AppHost;

/// <summary>The access token with which Flows reads and replays dead letters. Its role is good for nothing else.</summary>
internal static class DeadLetterToken
{
    // The key is generated for each run, so the token ends with the run at the latest.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static string Sign(string signingKey)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(signingKey), out _);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "shop",
            Audience = "shop",
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime + Lifetime,
            Claims = new Dictionary<string, object> { ["sub"] = $"{Guid.NewGuid()}", ["role"] = "dead-letters" },
            SigningCredentials = new SigningCredentials(
                new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory() }, SecurityAlgorithms.EcdsaSha256),
        });
    }
}

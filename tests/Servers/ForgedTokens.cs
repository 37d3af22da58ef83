using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Servers;

/// <summary>Access tokens of attackers, who know the public key and everything that a token says.</summary>
public static class ForgedTokens
{
    /// <summary>Each with the name of its fault. All claim to be an administrator.</summary>
    public static IReadOnlyList<(string Fault, string Token)> Of(TestTokens tokens)
    {
        var claims = TestTokens.Claims(Guid.NewGuid(), ("role", "admin"));
        var valid = tokens.Sign(claims).Split('.');
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var publicKey = Convert.FromBase64String(tokens.PublicKey);
        var own = new ECDsaSecurityKey(strange);
        return
        [
            ("not a token", "nonsense"),
            ("algorithm none", $"{Encode(new { alg = "none" })}.{valid[1]}."),
            ("algorithm None with a signature", $"{Encode(new { alg = "None" })}.{valid[1]}.{valid[2]}"),
            ("no signature", $"{valid[0]}.{valid[1]}."),
            ("other claims", $"{valid[0]}.{Encode(Body(claims))}.{valid[2]}"),
            ("HS256 with the public key", Hs256(claims, publicKey)),
            ("HS256 with the public key as base64", Hs256(claims, Encoding.ASCII.GetBytes(tokens.PublicKey))),
            ("HS256 with the public key as PEM", Hs256(claims, Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", publicKey)))),
            ("another key", tokens.Sign(claims, by: new(own, SecurityAlgorithms.EcdsaSha256))),
            ("another key in the header", WithKeyInHeader(claims, strange)),
            ("another curve", tokens.Sign(claims, by: new(new ECDsaSecurityKey(otherCurve), SecurityAlgorithms.EcdsaSha384))),
            ("expired", tokens.Sign(claims, -TimeSpan.FromMinutes(2))),
            ("not valid yet", tokens.Sign(claims, TimeSpan.FromHours(3))),
            ("another issuer", tokens.Sign(claims, issuer: "shop.evil")),
            ("another audience", tokens.Sign(claims, audience: "shop.evil")),
            ("no sub", tokens.Sign(new() { ["role"] = "admin" })),
            ("sub is no id", tokens.Sign(new() { ["role"] = "admin", ["sub"] = "ada" })),
        ];
    }

    private static string WithKeyInHeader(Dictionary<string, object> claims, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
        var text = $"{Encode(new { alg = "ES256", typ = "JWT", jwk })}.{Encode(Body(claims))}";
        return $"{text}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Hs256(Dictionary<string, object> claims, byte[] secret)
    {
        var text = $"{Encode(new { alg = "HS256", typ = "JWT" })}.{Encode(Body(claims))}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private static Dictionary<string, object> Body(Dictionary<string, object> claims) =>
        new(claims) { ["iss"] = "shop", ["aud"] = "shop", ["exp"] = 4_102_444_800 };

    private static string Encode<T>(T json) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(json));
}

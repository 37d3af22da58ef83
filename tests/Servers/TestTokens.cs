using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Servers;

/// <summary>Access tokens like those of WebApp, signed with a key of the tests.</summary>
/// <param name="key">The key. Default: a new one.</param>
public sealed class TestTokens(ECDsa? key = null) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(key?.ExportParameters(includePrivateParameters: true) ?? NewKey());

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public string User(Guid id, Guid? guestId = null, TimeSpan? validFor = null) =>
        Sign(Claims(id, ("name", "Ada"), ("email", "ada@example.com"), ("guest_id", guestId)), validFor);

    public string Admin(Guid id) => Sign(Claims(id, ("name", "Ada"), ("email", "ada@example.com"), ("role", "admin")));

    public string Guest(Guid id) => Sign(Claims(id, ("guest", "true")));

    public string Sign(
        Dictionary<string, object> claims, TimeSpan? validFor = null, string audience = "shop", string issuer = "shop",
        SigningCredentials? by = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var expires = now + (validFor ?? TimeSpan.FromMinutes(30));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            NotBefore = expires.AddHours(-1),
            IssuedAt = expires.AddHours(-1),
            Expires = expires,
            SigningCredentials = by ?? new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
        });
    }

    public static Dictionary<string, object> Claims(Guid id, params (string Name, object? Value)[] others) =>
        others.Append(("sub", $"{id}"))
            .Where(claim => claim.Item2 is not null)
            .ToDictionary(claim => claim.Item1, claim => (object)$"{claim.Item2}");

    public void Dispose() => _key.Dispose();

    private static ECParameters NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportParameters(includePrivateParameters: true);
    }
}

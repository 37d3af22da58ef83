using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ordering.Api.Tests;

/// <summary>Signs tokens as WebApp does, with a key of the tests.</summary>
internal static class TestTokens
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly SigningCredentials Credentials = new(new ECDsaSecurityKey(Key), SecurityAlgorithms.EcdsaSha256);

    public static string PublicKey { get; } = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    public static string For(Guid userId, bool isAdmin = false, Guid? guestId = null, TimeSpan? validFor = null)
    {
        List<Claim> claims = [new("sub", $"{userId}"), new("name", "Ada Buyer"), new("email", "ada@example.com")];
        if (isAdmin)
        {
            claims.Add(new("role", "admin"));
        }

        if (guestId is not null)
        {
            claims.Add(new("guest_id", $"{guestId}"));
        }

        var expires = TimeProvider.System.GetUtcNow().UtcDateTime + (validFor ?? TimeSpan.FromMinutes(10));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "shop",
            Audience = "shop",
            Subject = new ClaimsIdentity(claims),
            NotBefore = expires.AddHours(-1),
            IssuedAt = expires.AddHours(-1),
            Expires = expires,
            SigningCredentials = Credentials,
        });
    }
}

using System.Security.Cryptography;

namespace AppHost;

/// <summary>Secrets that AppHost generates, so that the sources contain none.</summary>
internal static class ShopSecrets
{
    /// <summary>
    /// The key pair for access tokens: WebApp signs with the private key, the Apis check with the public key. Each run generates a new
    /// pair; a deployment gets it as two parameters (docs/deploy.md).
    /// </summary>
    public static (IResourceBuilder<ParameterResource> SigningKey, IResourceBuilder<ParameterResource> PublicKey) AddTokenKeys(
        this IDistributedApplicationBuilder builder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        return (
            builder.AddParameter("token-signing-key", Convert.ToBase64String(key.ExportPkcs8PrivateKey()), secret: true),
            builder.AddParameter("token-public-key", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
    }

    /// <summary>A generated password, stored in AppHost's user secrets: <c>dotnet user-secrets list --project AppHost</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
}

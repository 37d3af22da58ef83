using System.Security.Cryptography;

/// <summary>Secrets that AppHost makes: nothing secret is in the sources.</summary>
internal static class ShopSecrets
{
    /// <summary>
    /// The key pair of the access tokens: WebApp signs with the private key, the APIs check with the public one. Each run has its own;
    /// a deployment is asked for both (docs/deploy.md).
    /// </summary>
    public static (IResourceBuilder<ParameterResource> SigningKey, IResourceBuilder<ParameterResource> PublicKey) AddTokenKeys(
        this IDistributedApplicationBuilder builder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        return (
            builder.AddParameter("token-signing-key", Convert.ToBase64String(key.ExportPkcs8PrivateKey()), secret: true),
            builder.AddParameter("token-public-key", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
    }

    /// <summary>A password made once and kept in the user secrets of AppHost: <c>dotnet user-secrets list --project AppHost</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
}

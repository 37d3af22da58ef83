using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting.Publishing;

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

    /// <summary>
    /// The certificate that encrypts the keys of WebApp's cookies. It is generated once and stored in AppHost's user secrets; a deployment
    /// gets it as a parameter (docs/deploy.md).
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddKeyCertificate(this IDistributedApplicationBuilder builder)
    {
        const string Name = "data-protection-certificate";

        return builder.ExecutionContext.IsPublishMode
            ? builder.AddParameter(Name, secret: true)
            : builder.AddParameter(Name, new GeneratedCertificate(), secret: true, persist: true);
    }

    /// <summary>A generated password, stored in AppHost's user secrets: <c>dotnet user-secrets list --project AppHost</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);

    private sealed class GeneratedCertificate : ParameterDefault
    {
        private static readonly TimeSpan Lifetime = TimeSpan.FromDays(20 * 365);

        public override string GetDefaultValue()
        {
            var now = TimeProvider.System.GetUtcNow();
            using var key = RSA.Create(3072);
            using var certificate = new CertificateRequest("CN=shop", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(now.AddDays(-1), now + Lifetime);
            return Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12));
        }

        public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException();
    }
}

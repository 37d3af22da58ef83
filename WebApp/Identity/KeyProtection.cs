using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace WebApp.Identity;

/// <summary>
/// The keys that protect cookies and tickets. All replicas share them in identitydb, encrypted with a certificate that is not in the
/// database: a copy of the database is not enough to forge a cookie.
/// </summary>
internal static class KeyProtection
{
    private const string Setting = "DataProtection:Certificate";

    /// <summary>
    /// Reads <c>DataProtection:Certificate</c>: a certificate with its private RSA key, PKCS#12 without a password, in base64. Without it
    /// the keys are stored unencrypted, and .NET logs a warning.
    /// </summary>
    public static void AddKeyProtection(this WebApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().PersistKeysToDbContext<IdentityContext>().SetApplicationName("shop");
        if (builder.Configuration[Setting] is { Length: > 0 } certificate)
        {
            keys.ProtectKeysWithCertificate(Read(certificate));
        }
    }

    private static X509Certificate2 Read(string base64)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(base64), password: null, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            throw new InvalidOperationException(
                $"{Setting} is not a certificate with its private key, as PKCS#12 without a password in base64. Start WebApp through "
                + "AppHost, which makes one, or see 'Secrets' in docs/deploy.md.",
                fault);
        }
    }
}

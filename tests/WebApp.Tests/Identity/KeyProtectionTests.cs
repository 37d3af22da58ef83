using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>A copy of identitydb is not enough to forge a cookie.</summary>
public sealed class KeyProtectionTests(TestServers servers)
{
    private const string Setting = "DataProtection:Certificate";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_AreEncryptedInTheDatabase_AndEveryReplicaReadsThem()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings[Setting] = NewCertificate());
        var browser = new Browser(shop);
        using var signedIn = await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await using var connection = new NpgsqlConnection(shop["ConnectionStrings:identitydb"]);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand("select string_agg(xml, ' ') from data_protection_keys", connection);
        var keys = (string)(await command.ExecuteScalarAsync(Stop))!;
        Assert.Contains("encryptedSecret", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", keys, StringComparison.Ordinal);

        await using var replica = shop.OpenReplica();
        using var account = await browser.At(replica).GetAsync("/account");
        Assert.True(account.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public async Task Start_WithAnUnusableCertificate_NamesTheSetting(string certificate)
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings[Setting] = certificate);

        var fault = Assert.Throws<InvalidOperationException>(() => shop.Server);

        Assert.StartsWith(Setting, fault.Message, StringComparison.Ordinal);
    }

    private static string NewCertificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12));
    }
}

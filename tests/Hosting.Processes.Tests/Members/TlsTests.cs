using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Hosting.Processes.Tests.Members;

public sealed class TlsTests
{
    [Fact]
    public async Task Redis_WithACertificate_UsesTls()
    {
        using var certificate = CreateCertificate();
#pragma warning disable ASPIRECERTIFICATES001 // Not final in Aspire 13.6.
        await using var app = await Application.StartAsync(builder =>
            builder.AddRedis("store").WithHttpsCertificate(certificate).RunAsProcess());
#pragma warning restore ASPIRECERTIFICATES001
        await app.StateAsync("store", KnownResourceStates.Running);

        var address = await app.ConnectionStringAsync("store");
        string? presented = null;
        var client = ConfigurationOptions.Parse(address);
        client.CertificateValidation += (_, seen, _, _) => (presented = seen?.GetCertHashString()) == certificate.Thumbprint;
        await Eventually.SucceedsAsync(async () =>
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(client);
            await redis.GetDatabase().StringSetAsync("note", "kept");
        });

        Assert.Contains("ssl=true", address, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(certificate.Thumbprint, presented);
    }

    // Aspire writes certificate and key to files, so the key must be exportable.
    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-1), now.AddDays(1));
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using WebApp.Identity.Tokens;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

public sealed class TokenSigningOptionsTests(TestServers servers)
{
    [Theory]
    [InlineData("", "Tokens:SigningKey is missing")]
    [InlineData("not base64", "Tokens:SigningKey is not a base64 PKCS#8 private key")]
    [InlineData("AAAA", "Tokens:SigningKey is not a base64 PKCS#8 private key")]
    public async Task Start_WithoutAUsableKey_EndsWithTheSettingAndTheFix(string key, string expected)
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["Tokens:SigningKey"] = key);

        var fault = Assert.Throws<OptionsValidationException>(() => shop.CreateClient());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains("openssl", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfAnotherCurve_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        var result = new TokenSigningOptionsValidator()
            .Validate(null, new() { SigningKey = Convert.ToBase64String(key.ExportPkcs8PrivateKey()) });

        Assert.True(result.Failed);
    }
}

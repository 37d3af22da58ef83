using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Basket.Api.Tests.Http;

public sealed class TokenTests(SharedApp shared)
{
    private static readonly Guid Ada = Guid.NewGuid();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task GoodToken_IsAccepted()
    {
        using var answer = await App.Client(App.Tokens.Sign(TestTokens.Claims(Ada))).GetAsync("api/basket", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task BadTokens_AreRefusedWithAReason()
    {
        using var strangersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var strangers = new SigningCredentials(new ECDsaSecurityKey(strangersKey), SecurityAlgorithms.EcdsaSha256);
        var publicKeyAsSecret = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(App.Tokens.PublicKey)), SecurityAlgorithms.HmacSha256);
        var claims = TestTokens.Claims(Ada);

        await AssertRefusedAsync(null, "access token is required");
        await AssertRefusedAsync("nonsense", "not valid");
        await AssertRefusedAsync(App.Tokens.Sign(claims, TimeSpan.FromMinutes(-1)), "expired");
        await AssertRefusedAsync(App.Tokens.Sign(claims, by: strangers), "not valid");
        await AssertRefusedAsync(App.Tokens.Sign(claims, by: publicKeyAsSecret), "not valid");
        await AssertRefusedAsync(App.Tokens.Sign(claims, audience: "another"), "not valid");
        await AssertRefusedAsync(App.Tokens.Sign(claims, issuer: "another"), "not valid");
        await AssertRefusedAsync(App.Tokens.Sign(new() { ["sub"] = "ada" }), "not valid");
        await AssertRefusedAsync(
            $"{Encode("""{"alg":"none"}""")}.{Encode($$"""{"sub":"{{Ada}}","iss":"shop","aud":"shop","exp":4102444800}""")}.", "not valid");
    }

    [Theory]
    [InlineData("health")]
    [InlineData("alive")]
    [InlineData("openapi/v1.json")]
    [InlineData("scalar/")]
    public async Task ServicePages_NeedNoToken(string path)
    {
        using var answer = await App.Client(null).GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task UnknownPath_IsNotFoundAsProblem()
    {
        using var answer = await App.Client(null).GetAsync("api/nothing", Stop);

        await answer.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task OpenApi_HasExamplesAndTheBearerScheme()
    {
        var document = JsonNode.Parse(await App.Client(null).GetStringAsync("openapi/v1.json", Stop))!;

        var checkout = document["paths"]!["/api/basket/checkout"]!["post"]!;
        Assert.Equal("Porto", (string)checkout["requestBody"]!["content"]!["application/json"]!["example"]!["shippingAddress"]!["city"]!);
        Assert.NotNull(checkout["responses"]!["202"]!["content"]!["application/json"]!["example"]!["orderId"]);
        Assert.NotNull(checkout["security"]);
        var key = Assert.Single(checkout["parameters"]!.AsArray(), parameter => (string)parameter!["name"]! == "Idempotency-Key")!;
        Assert.True((bool)key["required"]!);
        Assert.StartsWith("Makes a retry safe.", (string)key["description"]!, StringComparison.Ordinal);
        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["Bearer"]!["scheme"]!);
    }

    private async Task AssertRefusedAsync(string? token, string reason)
    {
        using var answer = await App.Client(token).GetAsync("api/basket", Stop);

        Assert.Contains(reason, (string)(await answer.ProblemAsync(HttpStatusCode.Unauthorized))["detail"]!, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);
}

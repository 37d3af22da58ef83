using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

public sealed class TokenEndpointTests(TestServers servers)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guest_GetsTokenForTenMinutes_ThatThePublicKeyVerifies()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        using var response = await http.PostAsync("/api/identity/guest", content: null, Stop);
        var body = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!;

        Assert.Equal("Bearer", (string?)body["tokenType"]);
        Assert.Equal(600, (int)body["expiresIn"]!);
        Assert.False(response.Headers.Contains("Set-Cookie"));

        var token = await VerifyAsync((string)body["accessToken"]!);
        Assert.Equal("ES256", token.Alg);
        Assert.True(Guid.TryParse(token.Subject, out _));
        Assert.Equal("true", token.GetClaim("guest").Value);
        Assert.Equal(TimeSpan.FromMinutes(10), token.ValidTo - token.ValidFrom);
    }

    [Fact]
    public async Task Registered_GetsToken_WithNameAndEmail()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();
        var account = new { email = "ada@example.com", password = "a few good words", name = "Ada" };

        using var registered = await http.PostAsJsonAsync("/api/identity/register", account, Stop);
        Assert.Equal(HttpStatusCode.Accepted, registered.StatusCode);
        await shop.ConfirmAsync(http, account.email, account.password);

        var token = await TokenAsync(http, "/api/identity/token", account);

        Assert.Equal("Ada", token.GetClaim("name").Value);
        Assert.Equal("ada@example.com", token.GetClaim("email").Value);
        Assert.False(token.TryGetClaim("guest_id", out _));
        Assert.False(token.TryGetClaim("role", out _));
        Assert.False(token.TryGetClaim("guest", out _));
    }

    [Fact]
    public async Task Admin_GetsRole()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        var token = await TokenAsync(http, "/api/identity/token", new { email = Shop.AdminEmail, password = Shop.AdminPassword });

        Assert.Equal("admin", token.GetClaim("role").Value);
    }

    [Theory]
    [InlineData("""{"email":"ada@example.com","password":"short","name":"Ada"}""", "password")]
    [InlineData("""{"email":"ada@example.com","password":"aaaaaaaaaaaa","name":"Ada"}""", "password")]
    [InlineData("""{"email":"not an address","password":"a few good words","name":"Ada"}""", "email")]
    [InlineData("""{"email":"ada@example.com","password":"a few good words"}""", "name")]
    [InlineData("""{"email":"ada\u0000@example.com","password":"a few good words","name":"Ada"}""", "email")]
    [InlineData("""{"email":"ada\ufffe@example.com","password":"a few good words","name":"Ada"}""", "email")]
    [InlineData("""{"email":"ada@example.com","password":"a few good words","name":"A\u0000da"}""", "name")]
    [InlineData("""{"email":"ada@example.com","password":"a few good words","name":"\u200b"}""", "name")]
    [InlineData("""{"email":"ada@example.com","password":"a few good words","name":"Ada \u202enimda"}""", "name")]
    public async Task Registration_WithAFault_NamesTheField(string json, string field)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        using var response = await http.PostAsync(
            "/api/identity/register", new StringContent(json, Encoding.UTF8, "application/json"), Stop);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(problem["errors"]![field]!.AsArray());
    }

    [Theory]
    [InlineData("""{"email":"ada\u0000@example.com","password":"a few good words"}""")]
    [InlineData("""{"email":"ada\ufffe@example.com","password":"a few good words"}""")]
    public async Task Token_ForAnAddressWithAnInvisibleCharacter_NamesTheField(string json)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        using var response = await http.PostAsync("/api/identity/token", new StringContent(json, Encoding.UTF8, "application/json"), Stop);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty(problem["errors"]!["email"]!.AsArray());
    }

    [Fact]
    public async Task MalformedJson_IsAProblem()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        using var response = await http.PostAsync("/api/identity/token", new StringContent("{", Encoding.UTF8, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task TooManyRequests_AreRefusedWithAProblem()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["Identity:RequestsPerMinute"] = "2");
        using var http = shop.CreateClient();
        using var first = await http.PostAsync("/api/identity/guest", content: null, Stop);
        using var second = await http.PostAsync("/api/identity/guest", content: null, Stop);

        using var third = await http.PostAsync("/api/identity/guest", content: null, Stop);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("application/problem+json", third.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<JsonWebToken> TokenAsync(HttpClient http, string path, object? body)
    {
        using var response = body is null ? await http.PostAsync(path, null, Stop) : await http.PostAsJsonAsync(path, body, Stop);
        response.EnsureSuccessStatusCode();
        return await VerifyAsync((string)(await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!["accessToken"]!);
    }

    private static async Task<JsonWebToken> VerifyAsync(string token)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "shop",
            ValidAudience = "shop",
            IssuerSigningKey = new ECDsaSecurityKey(Shop.SigningKey),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }
}

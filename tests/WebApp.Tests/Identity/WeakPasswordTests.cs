using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>Passwords that programs guess early are refused with the reason.</summary>
public sealed class WeakPasswordTests(TestServers servers)
{
    private const string Email = "ada.lovelace@example.com";
    private const string Name = "Ada Lovelace";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly (string Password, string Reason)[] Weak =
    [
        ("password123", "Many people use"), ("P@ssw0rd123", "Many people use"), ("Summer2026!", "Many people use"),
        ("dragonmonkey", "Many people use"), ("qwertyuiop[]", "Neighbours"), ("qwertzuiop", "Neighbours"), ("0987654321", "Neighbours"),
        ("abcdefghijklm", "Neighbours"), ("abcdabcdabcd", "Repeated"), ("aaaabbbbccccdddd", "Repeated"), ("shopshopshop", "Repeated"),
        ("lovelace1815", "nothing to do with you"), ("AdaLovelace!", "nothing to do with you"), ("webshop2026", "nothing to do with you"),
        ("ada.lovelace@example.com", "nothing to do with you"), ("199920002001", "Years"),
    ];

    /// <summary>Words, another script, what AppHost and deploy/make-secrets generate, and a long one of signs only.</summary>
    private static readonly string[] Strong =
    [
        "a few good words", "내 고양이는 창가에서 잔다", "Z4qYpGd8CmTfsVBu1KxEnW", "9f2c4b7d1e6a8c0b3d5f7a9c1e2b4d6f8a0c2e4b6d8f1a3c",
        "4@8({[<369&#!1/|0$57%24@8({[<369&#!1/|0$57%24@8({[<369&#!1/|0$57%24@8({[<369&#!1/|0$57%2x",
    ];

    [Fact]
    public async Task WeakPassword_IsRefusedWithTheReason()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        foreach (var (password, reason) in Weak)
        {
            using var response = await http.PostAsJsonAsync("/api/identity/register", new { email = Email, password, name = Name }, Stop);
            var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!;

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(reason, (string?)problem["errors"]!["password"]![0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WeakPassword_IsRefusedByTheForm_BesideTheField()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var browser = new Browser(shop);
        await browser.GetAsync("/register");

        await browser.SubmitAsync("/register", ("Form.Name", Name), ("Form.Email", Email), ("Form.Password", "password123"));

        Assert.Contains("""href="/register#form-password">Many people use this password""", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StrongPassword_OpensAnAccount()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();

        foreach (var password in Strong)
        {
            using var response = await http.PostAsJsonAsync(
                "/api/identity/register", new { email = $"{Guid.NewGuid():n}@example.com", password, name = Name }, Stop);

            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
    }

    [Fact]
    public async Task GeneratedPasswordOfTheAdministrator_SignsIn()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["Admin:Password"] = Strong[2]);
        using var http = shop.CreateClient();

        using var response = await http.PostAsJsonAsync("/api/identity/token", new { email = Shop.AdminEmail, password = Strong[2] }, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Security;

/// <summary>Members of a body that the sender must not choose.</summary>
public sealed class OverPostingTests(TestServers servers)
{
    private static readonly string[] Admin = ["admin"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RoleAndIdOfARegistration_HaveNoEffect()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();
        var id = Guid.NewGuid();
        var body = new
        {
            name = "Ada", email = "ada@example.com", password = "a few good words",
            id, userId = id, role = "admin", roles = Admin, isAdmin = true, emailConfirmed = true, guest_id = id,
        };

        using var registered = await http.PostAsJsonAsync("/api/identity/register", body, Stop);
        registered.EnsureSuccessStatusCode();
        await shop.ConfirmAsync(http, body.email, body.password);
        using var issued = await http.PostAsJsonAsync("/api/identity/token", body, Stop);
        var answer = (await issued.Content.ReadFromJsonAsync<JsonNode>(Stop))!;

        var token = new JsonWebTokenHandler().ReadJsonWebToken((string)answer["accessToken"]!);
        Assert.False(token.TryGetClaim("role", out _));
        Assert.False(token.TryGetClaim("guest_id", out _));
        Assert.NotEqual($"{id}", token.Subject);
    }
}

using System.Net;
using System.Net.Http.Headers;
using Servers;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Security;

/// <summary>What the audit log has about visitors who open what they may not see.</summary>
public sealed class RefusedAccessTests(TestServers servers)
{
    [Fact]
    public async Task CustomerAtAPageForAdministrators_IsInTheAuditLog_ByIdOnly()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog();
        var customer = new Browser(shop);
        await customer.RegisterAsync("ada@example.com", "a few good words");

        using var denied = await customer.GetAsync("/admin/products");

        Assert.Equal(HttpStatusCode.Found, denied.StatusCode);
        var entry = Assert.Single(shop.Telemetry.Audited, text => text.StartsWith("AccessForbidden", StringComparison.Ordinal));
        Assert.Matches("^AccessForbidden UserId=[0-9a-f-]{36} Method=GET Route=/admin/products Client=$", entry);
    }

    [Fact]
    public async Task ForgedTokenAtTheDeadLetters_IsInTheAuditLog()
    {
        await using var shop = await Shop.OpenAsync(servers);
        using var stranger = new TestTokens();
        using var http = shop.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stranger.Admin(Guid.NewGuid()));

        using var refused = await http.GetAsync("/api/dead-letters/webapp", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains(
            "TokenRefused Reason=SecurityTokenSignatureKeyNotFoundException Method=GET Route=/api/dead-letters/webapp/ Client=",
            shop.Telemetry.Audited);
    }
}

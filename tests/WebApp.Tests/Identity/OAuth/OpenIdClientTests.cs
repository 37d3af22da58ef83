using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity.OAuth;

/// <summary>npm's <c>openid-client</c>, a certified implementation of OpenID Connect, against a real port.</summary>
public sealed class OpenIdClientTests(TestServers servers)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    // Node 18 has the Web Crypto API behind this flag; newer versions ignore it.
    private static readonly Dictionary<string, string?> Node = new() { ["NODE_OPTIONS"] = "--experimental-global-webcrypto" };

    [Fact]
    public async Task OpenIdClient_SignsInWithCodeAndPkce_Refreshes_AndIsRefusedWithOtherTokens()
    {
        var port = FreePort();
        var issuer = $"http://localhost:{port}";
        await using var shop = await Shop.OpenAsync(servers, settings =>
        {
            settings["Shop:PublicUrl"] = issuer;
            settings["OAuth:Clients:0:Id"] = "own";
            settings["OAuth:Clients:0:IsOwn"] = "true";
            settings["OAuth:Clients:0:RedirectUris:0"] = "https://own.example/callback";
        });
        shop.UseKestrel(port);
        shop.StartServer();

        // The APIs read the system's clock, so this token has expired when it is issued: it is valid for ten minutes.
        shop.Clock.Advance(-TimeSpan.FromMinutes(12));
        var late = await SignInAsync(issuer);
        Assert.Equal("Administrator", (string?)late["name"]);
        Assert.Equal(401, (int)late["withToken"]!);
        Assert.Contains(shop.Telemetry.Audited, entry => entry.StartsWith("TokenRefused Reason=SecurityTokenExpiredException", Ordinal));

        shop.Clock.Advance(TimeSpan.FromMinutes(12));
        var found = await SignInAsync(issuer);
        Assert.Equal("Administrator", (string?)found["name"]);
        Assert.Equal(200, (int)found["withToken"]!);
        Assert.Equal(401, (int)found["forged"]!);
        Assert.Equal(401, (int)found["wrongAudience"]!);
        Assert.Equal("invalid_grant", (string?)found["wrongVerifier"]);
    }

    private static async Task<JsonNode> SignInAsync(string issuer)
    {
        var (exitCode, output) = await Npm.RunAsync(
            "sign-in.mjs", [$"{issuer}/", Shop.AdminEmail, Shop.AdminPassword], Node, TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output);
        return JsonNode.Parse(output[output.IndexOf('{', Ordinal)..])!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

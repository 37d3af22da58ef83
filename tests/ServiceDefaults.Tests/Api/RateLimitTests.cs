using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Api;

namespace ServiceDefaults.Tests.Api;

/// <summary>Which requests count against one limit. That a limit is kept is tested with the services.</summary>
public sealed class RateLimitTests
{
    private const string Visitor = "203.0.113.7";
    private const string Other = "203.0.113.8";

    [Fact]
    public async Task Guest_WithANewToken_GetsNoNewLimit()
    {
        await using var api = await StartAsync();

        var anonymous = await CallerAsync(api, Visitor);

        Assert.Equal(anonymous, await CallerAsync(api, Visitor, api.Tokens.Guest(Guid.NewGuid())));
        Assert.Equal(anonymous, await CallerAsync(api, Visitor, api.Tokens.Guest(Guid.NewGuid())));
    }

    [Fact]
    public async Task Account_HasOneLimitAtAllItsAddresses()
    {
        await using var api = await StartAsync();
        var user = api.Tokens.User(Guid.NewGuid());

        var caller = await CallerAsync(api, Visitor, user);

        Assert.NotEqual(await CallerAsync(api, Visitor), caller);
        Assert.Equal(caller, await CallerAsync(api, Other, user));
        Assert.NotEqual(caller, await CallerAsync(api, Visitor, api.Tokens.User(Guid.NewGuid())));
    }

    [Fact]
    public async Task Visitors_OfOneProxy_HaveTheirOwnLimits()
    {
        await using var api = await StartAsync();

        Assert.Equal(Visitor, await CallerAsync(api, Visitor));
        Assert.Equal(Other, await CallerAsync(api, Other));
    }

    [Fact]
    public async Task Visitor_WhoSendsAForwardedAddress_KeepsTheLimit()
    {
        await using var api = await StartAsync();

        Assert.Equal(Visitor, await CallerAsync(api, $"198.51.100.1, {Visitor}"));
    }

    [Fact]
    public async Task Visitor_OfAPrivateNetwork_KeepsTheLimitAlthoughTheHostReadsTheHeaderToo()
    {
        await using var api = await StartAsync(("ForwardedHeaders_Enabled", "true"));

        Assert.Equal("10.1.2.3", await CallerAsync(api, "198.51.100.1, 10.1.2.3"));
    }

    [Fact]
    public async Task Caller_FromAnUntrustedNetwork_CannotChooseItsAddress()
    {
        await using var api = await StartAsync(("Proxies:Networks:0", "10.0.0.0/8"));

        Assert.Equal("127.0.0.1", await CallerAsync(api, Visitor));
    }

    [Fact]
    public async Task Caller_WithManyAddressesOfOneIPv6Network_HasOneLimit()
    {
        await using var api = await StartAsync();

        var caller = await CallerAsync(api, "2001:db8:1:2::1");

        Assert.Equal(caller, await CallerAsync(api, "2001:db8:1:2:ffff::9"));
        Assert.NotEqual(caller, await CallerAsync(api, "2001:db8:1:3::1"));
    }

    private static Task<TestApi> StartAsync(params (string, string)[] settings) => TestApi.StartAsync(
        app => app.MapGet("/", (HttpContext context) => TypedResults.Text(RateLimits.CallerOf(context))).AllowAnonymous(), add: null,
        settings);

    private static async Task<string> CallerAsync(TestApi api, string forwardedFor, string? token = null)
    {
        using var answer = await api.SendAsync(HttpMethod.Get, "/", token, forwardedFor);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}

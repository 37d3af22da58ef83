using System.Net;
using Microsoft.Extensions.Configuration;

namespace Flows.Tests.Access;

public sealed class AccessTests
{
    public static TheoryData<string> Pages => ["/", "/flows", "/flows/x"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WithoutLogin_LeadsToTheLoginPage(string page)
    {
        await using var app = await RunningFlows.StartAsync();
        using var browser = Browser(app);

        using var response = await browser.GetAsync(page, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/login?returnUrl=", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoginLink_OpensThePages_AndRemovesTheTokenFromTheAddress()
    {
        await using var app = await RunningFlows.StartAsync();
        using var browser = Browser(app);

        using var login = await browser.GetAsync(
            $"/login?t={RunningFlows.Token}&returnUrl=%2Fflows", TestContext.Current.CancellationToken);
        using var page = await browser.GetAsync("/flows", TestContext.Current.CancellationToken);

        Assert.Equal("/flows", login.Headers.Location!.ToString());
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(RunningFlows.Token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task LoginLink_WithANonAsciiReturnUrl_RedirectsToIt()
    {
        await using var app = await RunningFlows.StartAsync();
        using var browser = Browser(app);

        using var login = await browser.GetAsync(
            $"/login?t={RunningFlows.Token}&returnUrl={Uri.EscapeDataString("/flows?search=käse")}",
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, login.StatusCode);
        Assert.Equal("/flows?search=k%C3%A4se", Assert.Single(login.Headers.GetValues("Location")));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\n/evil.example")]
    [InlineData("evil.example")]
    [InlineData("https://evil.example")]
    public async Task LoginLink_WithAForeignReturnUrl_GoesToTheFirstPage(string returnUrl)
    {
        await using var app = await RunningFlows.StartAsync();
        using var browser = Browser(app);

        using var login = await browser.GetAsync(
            $"/login?t={RunningFlows.Token}&returnUrl={Uri.EscapeDataString(returnUrl)}", TestContext.Current.CancellationToken);

        Assert.Equal("/", login.Headers.Location!.ToString());
    }

    [Fact]
    public async Task WrongToken_ShowsTheLoginPageWithTheReason()
    {
        await using var app = await RunningFlows.StartAsync();
        using var browser = Browser(app);

        using var response = await browser.GetAsync("/login?t=wrong", TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("has the URL", page, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/api/flows", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/flows", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/flows", RunningFlows.Token, HttpStatusCode.OK)]
    [InlineData("/api/none", RunningFlows.Token, HttpStatusCode.NotFound)]
    public async Task Api_NeedsTheToken(string path, string? key, HttpStatusCode expected)
    {
        await using var app = await RunningFlows.StartAsync();
        using var script = Browser(app);
        script.DefaultRequestHeaders.Add("x-api-key", key is null ? [] : [key]);

        using var response = await script.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("/login", "localhost", HttpStatusCode.Unauthorized)]
    [InlineData("/flows", "localhost", HttpStatusCode.Redirect)]
    [InlineData("/api/flows", "localhost", HttpStatusCode.Unauthorized)]
    [InlineData("/none", "localhost", HttpStatusCode.Redirect)]
    [InlineData("/login", "evil.example", HttpStatusCode.BadRequest)]
    public async Task EveryResponse_IsNotSniffed_NotStored_AndDoesNotNameTheServer(string path, string host, HttpStatusCode expected)
    {
        await using var app = await RunningFlows.StartAsync();
        using var browser = Browser(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };

        using var response = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task OtlpResponses_HaveTheSameHeaders()
    {
        await using var app = await RunningFlows.StartAsync();

        using var refused = await app.Otlp.PostAsync("/v1/traces", content: null, TestContext.Current.CancellationToken);

        Assert.False(refused.IsSuccessStatusCode);
        Assert.Equal("nosniff", Assert.Single(refused.Headers.GetValues("X-Content-Type-Options")));
        Assert.Empty(refused.Headers.Server);
    }

    [Fact]
    public async Task PagesAndOtlp_AreAtTheirOwnAddressesOnly()
    {
        await using var app = await RunningFlows.StartAsync();

        using var page = await app.Otlp.GetAsync("/api/flows", TestContext.Current.CancellationToken);
        using var otlp = await app.Api.PostAsync("/v1/traces", content: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, otlp.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://localhost:5100", HttpStatusCode.Forbidden)]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    public async Task OtherSites_AreRejected(string header, string value, HttpStatusCode expected)
    {
        await using var app = await RunningFlows.StartAsync();
        app.Api.DefaultRequestHeaders.Add(header, value);

        using var response = await app.Api.GetAsync("/api/flows", TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task ContentSecurityPolicy_NamesItsOwnOrigin_AndAllowsNoInlineScriptOrStyleElement()
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await app.Api.GetAsync("/", TestContext.Current.CancellationToken);

        var policy = response.Headers.GetValues("Content-Security-Policy").First()
            .Split("; ").ToDictionary(part => part.Split(' ')[0], part => part.Split(' ')[1..]);
        var own = app.Frontend.Authority;
        Assert.Equal(["'self'", $"ws://{own}", $"wss://{own}"], policy["connect-src"]);
        Assert.Equal(["'self'"], policy["default-src"]);
        Assert.False(policy.ContainsKey("style-src") || policy.ContainsKey("script-src"));
    }

    [Theory]
    [InlineData("flows.localhost", HttpStatusCode.OK)]
    [InlineData("a;script-src *.localhost", HttpStatusCode.BadRequest)]
    [InlineData("a'b.localhost", HttpStatusCode.BadRequest)]
    public async Task HostName_ThatWouldChangeThePolicy_IsRefused(string host, HttpStatusCode expected)
    {
        await using var app = await RunningFlows.StartAsync();
        app.Api.DefaultRequestHeaders.TryAddWithoutValidation("Host", host);

        using var response = await app.Api.GetAsync("/alive", TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public void WrongSettings_AreAllReportedWithNameValueAndCorrection()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["URLS"] = "http://0.0.0.0:15000",
            ["Flows:Otlp:GrpcUrl"] = "nonsense",
            ["Flows:Unsecured_Allow_Anonymous"] = "perhaps",
            ["Flows:Limits:Spans"] = "-1",
            ["Flows:Dashboard:Url"] = "localhost:15000",
            ["Flows:Processes"] = "/nowhere",
        }).Build();

        var fault = Assert.Throws<FlowsConfigurationException>(() => FlowsConfiguration.Read(configuration));

        Assert.Equal(6, fault.Faults.Count);
        Assert.Contains(fault.Faults, text => text.StartsWith("ASPNETCORE_URLS is 'http://0.0.0.0:15000'", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, text => text.Contains("'nonsense'", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, text => text.Contains("'perhaps'", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, text => text.StartsWith("FLOWS__LIMITS__SPANS", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, text => text.StartsWith("FLOWS__DASHBOARD__URL is 'localhost:15000'", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, text => text.StartsWith("FLOWS__PROCESSES is '/nowhere'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, "true", true)]
    [InlineData("token", "true", false)]
    public void AnonymousAccess_NeedsTheSettingAndNoToken(string? token, string? anonymous, bool isOpen)
    {
        var options = FlowsConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Flows:Frontend:BrowserToken"] = token,
            ["Flows:Unsecured_Allow_Anonymous"] = anonymous,
        }).Build());

        Assert.Equal(isOpen, options.BrowserToken is null);
    }

    [Theory]
    [InlineData(null, null, "http://localhost:4317/")]
    [InlineData("http://localhost:15000", null, null)]
    [InlineData("http://localhost:15000", "http://localhost:4999", "http://localhost:4999/")]
    public void Otlp_ByDefault_IsOffWhenADashboardIsFollowed(string? followed, string? grpc, string? expected)
    {
        var options = FlowsConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Flows:Dashboard:Url"] = followed,
            ["Flows:Otlp:GrpcUrl"] = grpc,
        }).Build());

        Assert.Equal(expected, options.OtlpGrpc?.Url.ToString());
    }

    private static HttpClient Browser(RunningFlows app) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Frontend };
}

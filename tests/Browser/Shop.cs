using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;

[assembly: AssemblyFixture(typeof(Browser.Shop))]

namespace Browser;

/// <summary>
/// The whole shop with Flows, and a browser. <c>SHOP_URL</c> (with <c>SHOP_ADMIN_PASSWORD</c>, <c>FLOWS_LOGIN</c>, the URL of the
/// resource flows in Aspire's dashboard, and <c>ASPIRE_LOGIN</c>, the login URL that AppHost prints) names a shop that already runs;
/// without it, one is started from AppHost.
/// </summary>
public sealed class Shop : IAsyncLifetime
{
    public const string AdminEmail = "admin@shop.localhost";
    private static readonly string[] Apps = ["catalog-api", "basket-api", "ordering-api", "webapp"];

    public string AdminPassword { get; private set; } = "Visits-of-an-admin-1";
    private Uri? _flowsLogin;
    private Uri? _aspireLogin;
    private DistributedApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // The first requests of a service are slow, and the machine may be busy.
        Assertions.SetDefaultExpectTimeout(60_000);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        var chromium = await Chromium.FindOrInstallAsync(deadline.Token);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Chromium.Arguments });

        if (Environment.GetEnvironmentVariable("SHOP_URL") is { Length: > 0 } url)
        {
            Address = new Uri(url);
            AdminPassword = Environment.GetEnvironmentVariable("SHOP_ADMIN_PASSWORD") ?? AdminPassword;
            (_flowsLogin, _aspireLogin) = (UriIn("FLOWS_LOGIN"), UriIn("ASPIRE_LOGIN"));
            return;
        }

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Volumes=false", $"--Parameters:admin-password={AdminPassword}"],
            // Flows follows Aspire's dashboard.
            (options, _) => options.DisableDashboard = false,
            deadline.Token);
        // A message that fails is retried twice and becomes a dead letter within seconds.
        builder.CreateResourceBuilder<ProjectResource>("catalog-api")
            .WithEnvironment("EventBus__RetryDelays__0", "00:00:01")
            .WithEnvironment("EventBus__RetryDelays__1", "00:00:03");
        builder.CreateResourceBuilder<ProjectResource>("webapp")
            .WithEnvironment("EventBus__RetryDelays__0", "00:00:01")
            .WithEnvironment("EventBus__RetryDelays__1", "00:00:03");
        _app = await builder.BuildAsync(deadline.Token);
        await _app.StartAsync(deadline.Token);
        await Task.WhenAll(Apps.Select(app => _app.ResourceNotifications.WaitForResourceHealthyAsync(app, deadline.Token)));
        Address = _app.GetEndpoint("webapp", "http");
        var flows = await _app.ResourceNotifications.WaitForResourceHealthyAsync("flows", deadline.Token);
        _aspireLogin = new Uri(_app.GetEndpoint("aspire-dashboard", "http"), $"login?t={builder.Configuration["AppHost:BrowserToken"]}");
        _flowsLogin = new Uri(flows.Snapshot.Urls.Single(url => url.DisplayProperties.DisplayName == "Flows").Url);
    }

    /// <summary>The address of another part of the shop.</summary>
    public Uri AddressOf(string app)
    {
        Assert.SkipWhen(_app is null, "SHOP_URL names a shop that was started elsewhere; the addresses of its parts are not known.");
        return _app.GetEndpoint(app, "http");
    }

    /// <summary>Opens a page as a new visitor, with their own cookies.</summary>
    /// <param name="worker">
    /// Whether the page's service worker runs. Requests that go through it cannot be intercepted by a test.
    /// </param>
    public async Task<IPage> VisitAsync(
        ColorScheme colors = ColorScheme.Light, bool scripts = true, int width = 1280, bool worker = false)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            ColorScheme = colors,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
            ServiceWorkers = worker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(60_000);
        ClosePagesAttribute.AtTheEndOfTheTest(context);
        return await context.NewPageAsync();
    }

    /// <summary>From now on each order fails in Catalog, because a table is missing.</summary>
    public Task BreakStockAsync() => ExecuteInCatalogAsync("alter table holds rename to holds_missing");

    public Task RepairStockAsync() => ExecuteInCatalogAsync("alter table holds_missing rename to holds");

    /// <summary>Runs a command of a resource, as the buttons of Aspire's dashboard do.</summary>
    public async Task CommandAsync(string resource, string command)
    {
        Assert.SkipWhen(_app is null, "SHOP_URL names a shop that was started elsewhere; its resources cannot be stopped here.");
        var result = await _app.ResourceCommands.ExecuteCommandAsync(resource, command, TestContext.Current.CancellationToken);
        Assert.True(result.Success, result.Message);
    }

    /// <summary>Stops a part of the shop, and waits until it is stopped.</summary>
    public async Task StopAsync(string resource)
    {
        Assert.SkipUnless(
            _app is null || IsProcess(resource), $"{resource} is a container without a volume, which is empty when it starts again.");
        await CommandAsync(resource, KnownResourceCommands.StopCommand);
        await _app!.ResourceNotifications.WaitForResourceAsync(
            resource, KnownResourceStates.TerminalStates, TestContext.Current.CancellationToken);
    }

    /// <summary>Starts it again, and waits until it is healthy.</summary>
    public async Task StartAsync(string resource)
    {
        await CommandAsync(resource, KnownResourceCommands.StartCommand);
        await _app!.ResourceNotifications.WaitForResourceAsync(
            resource, KnownResourceStates.Running, TestContext.Current.CancellationToken);
        await _app!.ResourceNotifications.WaitForResourceHealthyAsync(resource, TestContext.Current.CancellationToken);
    }

    private bool IsProcess(string resource) => _app!.Services.GetRequiredService<DistributedApplicationModel>().Resources
        .Single(known => known.Name == resource) is ProjectResource or ExecutableResource;

    private async Task ExecuteInCatalogAsync(string sql)
    {
        Assert.SkipWhen(_app is null, "SHOP_URL names a shop that was started elsewhere; its databases are not known.");
        var stop = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(await _app.GetConnectionStringAsync("catalogdb", stop));
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Logs a visitor in to Flows.</summary>
    public async Task EnterFlowsAsync(IPage page)
    {
        Assert.SkipWhen(_flowsLogin is null, "FLOWS_LOGIN does not name the login link of Flows.");
        await page.GotoAsync(_flowsLogin.ToString());
    }

    /// <summary>Logs a visitor in to Aspire's dashboard.</summary>
    public async Task EnterAspireAsync(IPage page)
    {
        Assert.SkipWhen(_aspireLogin is null, "ASPIRE_LOGIN does not name the login link of Aspire's dashboard.");
        await page.GotoAsync(_aspireLogin.ToString());
    }

    public async Task<IPage> VisitAsAdminAsync(ColorScheme colors = ColorScheme.Light, int width = 1280)
    {
        var page = await VisitAsync(colors, width: width);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(AdminEmail);
        await page.GetByLabel("Password").FillAsync(AdminPassword);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Manage" })).ToBeVisibleAsync();
        return page;
    }

    private static Uri? UriIn(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } uri ? new Uri(uri) : null;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}

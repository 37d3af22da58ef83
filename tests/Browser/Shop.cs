using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser.Shop))]

namespace Browser;

/// <summary>
/// The whole shop with its dashboard, and a browser to visit them with. <c>SHOP_URL</c> (with <c>SHOP_ADMIN_PASSWORD</c> and <c>DASHBOARD_LOGIN</c>, the
/// link in the terminal) names a shop that already runs; without it, one is started from AppHost.
/// </summary>
public sealed class Shop : IAsyncLifetime
{
    private const string AdminEmail = "admin@shop.localhost";
    private static readonly string[] Apps = ["catalog-api", "basket-api", "ordering-api", "webapp"];

    private readonly string _browserToken = Guid.NewGuid().ToString("N");
    private string _adminPassword = "Visits-of-an-admin-1";
    private Uri? _dashboardLogin;
    private DistributedApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        var chromium = await Chromium.FindOrInstallAsync(deadline.Token);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Chromium.Arguments });

        if (Environment.GetEnvironmentVariable("SHOP_URL") is { Length: > 0 } url)
        {
            Address = new Uri(url);
            _adminPassword = Environment.GetEnvironmentVariable("SHOP_ADMIN_PASSWORD") ?? _adminPassword;
            _dashboardLogin = Environment.GetEnvironmentVariable("DASHBOARD_LOGIN") is { Length: > 0 } login ? new Uri(login) : null;
            return;
        }

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Volumes=false", $"--Parameters:admin-password={_adminPassword}", $"--AppHost:BrowserToken={_browserToken}"],
            (options, _) => options.DisableDashboard = false,
            deadline.Token);
        _app = await builder.BuildAsync(deadline.Token);
        await _app.StartAsync(deadline.Token);
        await Task.WhenAll(Apps.Select(app => _app.ResourceNotifications.WaitForResourceHealthyAsync(app, deadline.Token)));
        Address = _app.GetEndpoint("webapp", "http");
        _dashboardLogin = builder.Configuration["AppHost:FlowsUrl"] is { } flows ? new Uri(new Uri(flows), $"/login?t={_browserToken}") : null;
    }

    /// <summary>Somebody new, with a browser of their own.</summary>
    public async Task<IPage> VisitAsync(ColorScheme colors = ColorScheme.Light, bool scripts = true, int width = 1280)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            ColorScheme = colors,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <summary>Lets a visitor into the dashboard. It is the embedded engine's; another engine's draws no flows, and the calling test is skipped.</summary>
    public async Task EnterDashboardAsync(IPage page)
    {
        Assert.SkipWhen(_dashboardLogin is null, "The dashboard of this engine draws no flows.");
        await page.GotoAsync(_dashboardLogin.ToString());
    }

    public async Task<IPage> VisitAsAdminAsync(ColorScheme colors = ColorScheme.Light, int width = 1280)
    {
        var page = await VisitAsync(colors, width: width);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(AdminEmail);
        await page.GetByLabel("Password").FillAsync(_adminPassword);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Manage" })).ToBeVisibleAsync();
        return page;
    }

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

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flows.Tests.Pages;

/// <summary>
/// The pages before the first message; <c>tests/Browser</c> looks at them with the data of the shop.
/// </summary>
public sealed class AccessibilityTests
{
    private static readonly string[] Paths = ["/", "/flows", "/messages", "/topology", "/dead-letters"];

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task FirstStart_IsAccessible_AndFitsTheScreen(int width)
    {
        await using var app = await RunningFlows.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        var executable = await Chromium.FindOrInstallAsync(TestContext.Current.CancellationToken);
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 800 } });
        await page.GotoAsync(new Uri(app.Frontend, $"/login?t={RunningFlows.Token}").ToString());
        List<string> findings = [];

        foreach (var path in Paths)
        {
            await page.GotoAsync(new Uri(app.Frontend, path).ToString());
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            findings.AddRange(await page.FindingsAsync(path));
        }

        Assert.Empty(findings);
    }
}

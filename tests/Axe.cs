using Deque.AxeCore.Commons;
using Microsoft.Playwright;

/// <summary>
/// What axe finds on a page, in either theme, and whether the page is wider than the screen. The themes differ in their colours only, so in
/// the dark one the contrast is checked and nothing else.
/// </summary>
internal static class Axe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    public static async Task<IEnumerable<string>> FindingsAsync(this IPage page, string name)
    {
        var isWide = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        await page.EvaluateAsync(Script);
        var light = await RunAsync(page, rules: null);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await RunAsync(page, ["color-contrast"]);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        string[] findings = [.. light, .. dark, .. isWide ? ["it is wider than the screen"] : Array.Empty<string>()];
        return findings.Select(finding => $"{name}: {finding}");
    }

    // Without frames: the only one is a mail, which runs no scripts. Deque's own runner opens a browser context for each page.
    private static Task<string[]> RunAsync(IPage page, string[]? rules) => page.EvaluateAsync<string[]>(
        """
        async rules => {
          const all = { iframes: false, preload: false, resultTypes: ["violations"] };
          const result = await axe.run(document, rules ? { ...all, runOnly: rules } : all);
          return result.violations.flatMap(violation => violation.nodes.map(node => `${violation.id} (${violation.help}) at ${node.html}`));
        }
        """,
        rules).WaitAsync(Patience, TestContext.Current.CancellationToken);
}

using Microsoft.Playwright;

namespace Browser;

/// <summary>Tells when a page of Flows is live: the first answer is complete, but has no connection and not the final list rows.</summary>
internal static class FlowsPages
{
    // When Blazor becomes interactive it replaces the title of the prerendered page. Between the two there is no title.
    private const string CountTitles = """
        window.titles = 0;
        new MutationObserver(changes => {
          for (const node of changes.flatMap(change => [...change.addedNodes])) {
            if (node.nodeName === "TITLE") window.titles++;
          }
        }).observe(document, { childList: true, subtree: true });
        """;

    /// <summary>Before the first page of Flows is opened.</summary>
    public static Task CountTitlesAsync(this IPage page) => page.AddInitScriptAsync(CountTitles);

    public static Task<IJSHandle> IsInteractiveAsync(this IPage page) => page.WaitForFunctionAsync("() => window.titles > 1");
}

using Microsoft.Playwright;

namespace Browser;

/// <summary>The choice of colours in the footer.</summary>
public sealed class ThemeTests(Shop shop)
{
    [Fact]
    public async Task The_chosen_colours_look_chosen_in_both_themes()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/sign-in");

        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            var backgrounds = await page.EvaluateAsync<string[]>(
                """
                () => [".themes", ".themes [aria-pressed='true']", ".themes [aria-pressed='false']"]
                  .map(selector => getComputedStyle(document.querySelector(selector)).backgroundColor)
                """);

            // The trough shows through the other buttons.
            Assert.Equal(3, backgrounds.Distinct().Count());
            Assert.Equal("rgba(0, 0, 0, 0)", backgrounds[2]);
        }
    }
}

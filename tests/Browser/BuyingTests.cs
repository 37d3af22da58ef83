using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

public sealed class BuyingTests(Shop shop)
{
    [Fact]
    public async Task A_guest_buys_and_sees_the_steps_arrive_by_push()
    {
        var page = await shop.VisitAsync();
        var pushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Text?.Contains("\"target\":\"order\"", StringComparison.Ordinal) == true)
            {
                pushed.TrySetResult();
            }
        };

        await page.BuyAsync(productId: 1, Shopping.PaysSlowly);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Thank you");
        await Expect(page.Step("Paid")).ToBeVisibleAsync();

        await pushed.Task.WaitAsync(Shopping.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_scripts_the_purchase_works()
    {
        var page = await shop.VisitAsync(scripts: false);
        await page.GotoAsync("/?q=teapot");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Add .* to basket$") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to basket" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Check out" }).ClickAsync();
        await page.FillCheckoutAsync(Shopping.Pays);
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Thank you");

        await page.ReloadUntilAsync(page.Step("Paid"));
    }

    [Fact]
    public async Task A_declined_card_is_explained_and_paid_again_with_another_one()
    {
        var page = await shop.VisitAsync();

        await page.BuyAsync(productId: 3, Shopping.IsDeclined);

        await Expect(page.GetByText("Your card was declined.", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay again" }).ClickAsync();

        foreach (var (label, typed) in ((string, string)[])
            [("Name", "Ada Browser"), ("E-mail", "ada@example.com"), ("Street and house number", "1 Harbour Road"),
            ("Postal code", "4000-001"), ("City", "Porto"), ("Country", "Portugal")])
        {
            await Expect(page.GetByLabel(label, new() { Exact = true })).ToHaveValueAsync(typed);
        }

        await Expect(page.GetByLabel("Card number")).ToHaveValueAsync("");
        Assert.Empty(await page.FindingsAsync("/checkout, pay again"));
        await page.GetByLabel("Card number").FillAsync(Shopping.Pays);
        await page.GetByLabel("Name on the card").FillAsync("Ada Browser");
        await page.GetByLabel("Valid until").FillAsync("12/40");
        await page.GetByLabel("Security code").FillAsync("123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await Expect(page.Step("Paid")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_double_click_gives_one_order()
    {
        var page = await shop.VisitAsync();
        await page.PutIntoBasketAsync(productId: 4);
        await page.FillCheckoutAsync(Shopping.Pays);

        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).DblClickAsync();
        await Expect(page.Step("Paid")).ToBeVisibleAsync();
        await page.GotoAsync("/orders");

        await Expect(page.Locator(".order-card")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_double_click_on_order_again_adds_the_order_once()
    {
        var page = await shop.VisitAsync();
        await page.BuyAsync(productId: 4, Shopping.Pays);
        await Expect(page.Step("Paid")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Order again" }).DblClickAsync();
        await Expect(page.Notice("Everything was added to your basket.")).ToBeVisibleAsync();

        await Expect(page.Locator("#quantity-4")).ToHaveValueAsync("1");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Adding_from_the_end_of_the_list_shows_and_announces_the_result(int width)
    {
        var page = await shop.VisitAsync(width: width);
        await page.GotoAsync("/?stock=1");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Add .* to basket$") }).Last.ClickAsync();

        await Expect(page.Notice("is in your basket.")).ToBeInViewportAsync();
        await Expect(page.Locator("#announcer")).ToContainTextAsync("is in your basket.");
        Assert.True(await page.EvaluateAsync<double>("scrollY") > 0);
    }

    [Fact]
    public async Task A_form_with_errors_shows_a_summary_that_takes_the_focus()
    {
        var page = await shop.VisitAsync();
        await page.PutIntoBasketAsync(productId: 5);
        await page.FillCheckoutAsync("4242 4242 4242 4241");

        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();

        await Expect(page.Locator("[data-error-summary]")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Card number")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task A_form_with_errors_can_be_sent_again_at_once()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/register");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open account" }).DblClickAsync();
        await Expect(page.Locator("[data-error-summary]")).ToBeFocusedAsync();
        await page.GetByLabel("Your name").FillAsync("Ada Browser");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open account" }).ClickAsync();

        await Expect(page.Locator("[data-error-summary]")).Not.ToContainTextAsync("Enter your name.");
    }
}

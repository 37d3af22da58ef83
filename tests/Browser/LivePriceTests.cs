using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

public sealed class LivePriceTests(Shop shop)
{
    private const int Product = 6;
    private const int FocusedProduct = 10;
    private const int MissedProduct = 11;
    private const int SoldProduct = 12;

    [Fact]
    public async Task A_price_that_an_admin_changes_shows_in_an_open_basket_and_on_the_open_product_page()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);
        var product = await buyer.Context.NewPageAsync();
        await product.GotoAsync($"/products/{Product}");
        await buyer.GotoAsync("/basket");

        var raised = await RaisePriceAsync(Product);

        await Expect(product.Locator(".detail [data-price]")).ToHaveTextAsync($"€{raised}");
        await Expect(buyer.GetByText("The price changed from")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_basket_changes_while_a_quantity_has_the_focus_and_the_focus_stays()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(FocusedProduct);
        await buyer.GotoAsync("/basket");
        var quantity = buyer.Locator($"#quantity-{FocusedProduct}");
        await quantity.FocusAsync();

        await RaisePriceAsync(FocusedProduct);

        await Expect(buyer.GetByText("The price changed from")).ToBeVisibleAsync();
        await Expect(quantity).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_basket_shows_missed_changes_after_it_has_reconnected()
    {
        var buyer = await shop.VisitAsync();
        var wire = await Wire.AttachAsync(buyer);
        await buyer.PutIntoBasketAsync(MissedProduct);
        await buyer.GotoAsync("/basket");

        await wire.CutAsync();
        await RaisePriceAsync(MissedProduct);
        wire.Repair();

        await Expect(buyer.GetByText("The price changed from")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stock_is_announced_only_when_what_is_shown_changes()
    {
        var page = await shop.VisitAsync();
        var pushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Text?.Contains("\"target\":\"stock\"", StringComparison.Ordinal) == true)
            {
                pushed.TrySetResult();
            }
        };
        await page.GotoAsync($"/products/{SoldProduct}");
        await Expect(page.Locator(".detail [data-stock]")).ToHaveTextAsync("In stock");
        await page.EvaluateAsync(
            """
            () => {
              window.said = [];
              const region = document.getElementById("announcer");
              new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
            }
            """);

        var raised = await RaisePriceAsync(SoldProduct, morePieces: 1);
        await pushed.Task.WaitAsync(Shopping.Patience, TestContext.Current.CancellationToken);
        await page.WaitForFunctionAsync($"() => said.includes('The price is now €{raised}.')");

        Assert.DoesNotContain("In stock", await page.EvaluateAsync<string[]>("said"));
    }

    private async Task<string> RaisePriceAsync(int product, int morePieces = 0)
    {
        var admin = await shop.VisitAsAdminAsync();
        await admin.GotoAsync($"/admin/products/{product}");
        var price = admin.GetByLabel("Price in euros");
        var raised = $"{decimal.Parse(await price.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture) + 1:0.00}";
        await price.FillAsync(raised);
        var stock = admin.GetByLabel("Pieces that can be bought");
        var pieces = int.Parse(await stock.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
        await stock.FillAsync($"{pieces + morePieces}");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(admin.Notice("is saved")).ToBeVisibleAsync();
        return raised;
    }

    /// <summary>The connection between a page and the hub, which a test can interrupt.</summary>
    private sealed class Wire
    {
        private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isCut;
        private IWebSocketRoute? _socket;

        public static async Task<Wire> AttachAsync(IPage page)
        {
            var wire = new Wire();
            await page.RouteWebSocketAsync("**/live", wire.Connect);
            return wire;
        }

        public async Task CutAsync()
        {
            await _attached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            _isCut = true;
            await _socket!.CloseAsync();
        }

        public void Repair() => _isCut = false;

        private void Connect(IWebSocketRoute socket)
        {
            if (_isCut)
            {
                _ = socket.CloseAsync();
                return;
            }

            socket.ConnectToServer();
            _socket = socket;
            _attached.TrySetResult();
        }
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>Screenshots of mails in both themes, of the code of a sign-in, and of what is printed; run as <see cref="Gallery"/>.</summary>
public sealed class PaperGallery(Shop shop)
{
    [Fact(Explicit = true)]
    public async Task Of_mails_and_of_what_is_printed()
    {
        var (buyer, email) = await shop.RegisterAsync();
        await shop.LinkOfMailAsync(email, "Confirm your e-mail address");
        List<string> orders = [];
        foreach (var card in (string[])[Shopping.Pays, Shopping.Pays, Shopping.IsDeclined])
        {
            await buyer.BuyAsync(productId: 8, card);
            await Expect(card == Shopping.Pays ? buyer.Step("Paid") : buyer.GetByRole(AriaRole.Button, new() { Name = "Pay again" }))
                .ToBeVisibleAsync();
            orders.Add(buyer.Url.Split('/')[^1]);
        }

        var admin = await shop.VisitAsAdminAsync();
        await admin.GotoAsync("/admin/orders/packing");
        await PrintAsync(admin, "packing-all");
        await admin.GotoAsync($"/admin/orders/{orders[0]}/packing");
        await PrintAsync(admin, "packing");
        await admin.ShipAndRefundAsync(orders[0]);
        await buyer.GotoAsync($"/orders/{orders[0]}");
        await buyer.ReloadUntilAsync(buyer.GetByText("It arrived with a scratch."));
        await PrintAsync(buyer, "order");

        foreach (var (name, to, subject) in ((string, string, string)[])
            [("confirm", email, "Confirm your e-mail address"), ("paid", "ada@example.com", "Thank you for your order"),
            ("shipped", "ada@example.com", "is on its way"), ("cancelled", "ada@example.com", "is cancelled"),
            ("refunded", "ada@example.com", "goes back to you")])
        {
            var mail = await shop.OpenMailAsync(to, subject);
            await mail.PictureAsync($"mail-page-{name}");
            await mail.GotoAsync($"{mail.Url}/html");
            foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await mail.EmulateMediaAsync(new() { ColorScheme = colors });
                foreach (var width in (int[])[360, 800])
                {
                    await mail.SetViewportSizeAsync(width, 700);
                    await mail.PictureAsync($"mail-{name}-{width}-{colors}");
                }
            }
        }

        await buyer.GotoAsync("/account/second-factor");
        await buyer.GetByLabel("Code", new() { Exact = true }).FillAsync(
            WebApp.Tests.Identity.Authenticator.Scan(await buyer.ContentAsync()).Code());
        await buyer.GetByLabel("Your password").FillAsync(Accounts.Password);
        await buyer.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(buyer.GetByRole(AriaRole.Heading, new() { Name = "Your recovery codes" })).ToBeVisibleAsync();
        await buyer.PictureAsync("recovery-codes");
        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in (int[])[320, 1280])
            {
                var elsewhere = await shop.VisitAsync(colors, width: width);
                await elsewhere.SignInAsync(email, Accounts.Password);
                await Expect(elsewhere.GetByLabel("Code", new() { Exact = true })).ToBeVisibleAsync();
                await elsewhere.PictureAsync($"sign-in-code-{width}-{colors}");
            }
        }
    }

    private static async Task PrintAsync(IPage page, string name)
    {
        await page.PdfAsync(new() { Path = Repository.PathOf("artifacts", "gallery", $"print-{name}.pdf"), Format = "A4" });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync(794, 1123);
        await page.PictureAsync($"print-{name}");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.SetViewportSizeAsync(1280, 900);
    }
}

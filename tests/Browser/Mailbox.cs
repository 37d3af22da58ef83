using Microsoft.Playwright;

namespace Browser;

/// <summary>The mails of the shop. In development they are not delivered; the back office shows them.</summary>
internal static class Mailbox
{
    /// <summary>Opens the newest mail to this address whose subject has this text.</summary>
    public static async Task<IPage> OpenMailAsync(this Shop shop, string to, string subject)
    {
        var admin = await shop.VisitAsAdminAsync();
        await admin.OpenMailAsync(to, subject);
        return admin;
    }

    /// <summary>The same in the window of an administrator.</summary>
    public static async Task OpenMailAsync(this IPage admin, string to, string subject)
    {
        await admin.GotoAsync("/admin/mailbox");
        var mails = admin.GetByRole(AriaRole.Row).Filter(new() { HasText = to }).Filter(new() { HasText = subject });
        await admin.ReloadUntilAsync(mails.First);
        await mails.First.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(admin.Locator(".mail-text")).ToBeVisibleAsync();
    }

    /// <summary>The link of the button in that mail.</summary>
    public static async Task<string> LinkOfMailAsync(this Shop shop, string to, string subject) =>
        await (await shop.OpenMailAsync(to, subject)).LinkOfMailAsync();

    /// <summary>The link of the button in the mail on this page.</summary>
    public static async Task<string> LinkOfMailAsync(this IPage mail) =>
        (await mail.Locator(".mail-text a").First.GetAttributeAsync("href"))!;
}

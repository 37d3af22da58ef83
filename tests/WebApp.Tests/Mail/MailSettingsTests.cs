using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WebApp.Mail;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Mail;

public sealed class MailSettingsTests(TestServers servers)
{
    [Theory]
    [InlineData("ConnectionStrings:mail", null, "ConnectionStrings:mail is missing")]
    [InlineData("ConnectionStrings:mail", "mail.example.com", "ConnectionStrings:mail is not the address of an SMTP server")]
    [InlineData("ConnectionStrings:mail", "http://:p4ss@mail.example.com", "ConnectionStrings:mail is not the address of an SMTP server")]
    [InlineData("Mail:From", "not an address", "Mail:From is 'not an address'")]
    [InlineData("Mail:Timeout", "00:02:00", "Mail:Timeout is 00:02:00")]
    [InlineData("Shop:PublicUrl", null, "Shop:PublicUrl is ''")]
    [InlineData("Shop:PublicUrl", "shop.example", "Shop:PublicUrl is 'shop.example'")]
    [InlineData("Shop:PublicUrl", "https://shop.example/path", "Shop:PublicUrl is 'https://shop.example/path'")]
    public async Task Start_WithAFault_NamesTheSetting_AndNoPassword(string setting, string? value, string expected)
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings[setting] = value);

        var fault = Assert.Throws<OptionsValidationException>(() => shop.Server);

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordsOfMails_AreForgottenAfterThirtyDays()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Clock.Freeze();
        _ = shop.Server;
        await using var scope = shop.Services.CreateAsyncScope();
        var sent = scope.ServiceProvider.GetRequiredService<SentMails>();
        var (old, recent, stop) = (Guid.NewGuid(), Guid.NewGuid(), TestContext.Current.CancellationToken);
        await sent.RecordAsync(old, Guid.NewGuid(), refusedWith: null, stop);
        shop.Clock.Advance(TimeSpan.FromDays(16));
        await sent.RecordAsync(recent, Guid.NewGuid(), refusedWith: 550, stop);

        shop.Clock.Advance(TimeSpan.FromDays(15));

        Assert.Equal(1, await sent.DeleteOldAsync(stop));
        Assert.Null(await sent.FindAsync(old, stop));
        Assert.Equal(550, (await sent.FindAsync(recent, stop))!.RefusedWith);
    }
}

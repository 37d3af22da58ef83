using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WebApp.Identity;
using WebApp.Identity.Attempts;
using WebApp.Identity.Sessions;

namespace WebApp.Tests.Setup;

/// <summary>A test must not notice which tests had its borrowed shop before.</summary>
public sealed class BorrowedShopTests(TestServers servers)
{
    private const string Ada = "ada@example.com";
    private const string Password = "a few good words";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shop_ThatIsGivenBack_IsAsBefore()
    {
        var shop = await BorrowAsync();
        var browser = new Browser(shop);
        await browser.RegisterAsync(Ada, Password);
        await browser.SignInAsync(Shop.AdminEmail, "wrong");
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        for (var calls = -1; calls < shop.Fakes.Calls.Count;)
        {
            calls = shop.Fakes.Calls.Count; // The circuit is open when a page calls nothing.
            await browser.GetAsync("/products/1");
        }

        await shop.DisposeAsync();
        await using var again = await BorrowAsync();

        Assert.Same(shop, again);
        Assert.Empty(again.Fakes.Calls);
        Assert.Empty(again.Fakes.Queries);
        await using var scope = again.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityContext>();
        Assert.Equal([Shop.AdminEmail], await db.Users.Select(user => user.Email).ToArrayAsync(Stop));
        Assert.False(await db.Set<AttemptCounter>().AnyAsync(Stop));
        Assert.False(await db.Set<Session>().AnyAsync(Stop));
        await browser.GetAsync("/products/1");
        Assert.Contains("This product cannot be shown right now.", browser.Html, StringComparison.Ordinal);
        again.Fakes.WithCatalog();
        await browser.GetAsync("/products/1");
        Assert.Contains("Heron Desk Lamp", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Sign in", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeReset_IsNotOffered()
    {
        await using var shop = await Shop.BorrowAsync(servers);

        Assert.Throws<InvalidOperationException>(() => shop.Clock);
        Assert.Throws<InvalidOperationException>(() => shop.Mail);
        Assert.Throws<InvalidOperationException>(() => shop.Broker);
        Assert.Throws<InvalidOperationException>(() => shop.Telemetry);
        Assert.Throws<InvalidOperationException>(() => shop.OpenReplica());
    }

    [Fact]
    public async Task AdministratorThatIsChanged_FailsTheTest_AndClosesTheShop()
    {
        var shop = await BorrowAsync();
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await admin.GetAsync("/account/name");
        await admin.SubmitAsync("/account/name", ("Form.Name", "Another Administrator"));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await shop.DisposeAsync());

        await using var other = await BorrowAsync();
        Assert.NotSame(shop, other);
    }

    [Fact]
    public async Task EveryTable_IsEmptied_OrKeptOnPurpose()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        await using var scope = shop.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<IdentityContext>().Model;

        // What the start wrote, messages on their way, and what is deleted with its user.
        Assert.Equal(
            [
                "data_protection_keys", "handled_versions", "inbox", "oauth_clients", "oauth_scopes", "outbox", "role_claims", "roles",
                "scheduled", "user_claims", "user_logins", "user_roles", "user_tokens", "users",
            ],
            model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().Except(Shop.EmptiedTables).Order());
    }

    // With a setting that no other class uses, so that no other test takes the shop between.
    private Task<Shop> BorrowAsync() => Shop.BorrowAsync(servers, ("Shop:PublicUrl", "https://borrowed.example"));
}

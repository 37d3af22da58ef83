using System.Net;
using Basket.Api.Tests.Http;
using Basket.Grpc;
using Contracts.Identity;
using Contract = global::Basket.Grpc;

namespace Basket.Api.Tests.Baskets;

public sealed class MergeTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task Merge_GuestOfTheToken_MovesTheBasketOnce()
    {
        var (shared, guests) = (await App.NewProductAsync(10m, 200, Stop), await App.NewProductAsync(1m, 10, Stop));
        var guest = App.NewGuest(out var guestId);
        await guest.AddAsync(shared, 60);
        await guest.AddAsync(guests, 2);
        var userId = Guid.NewGuid();
        var user = App.Client(App.Tokens.User(userId));
        await user.AddAsync(shared, 50);
        using var channel = App.GrpcChannel(App.Tokens.User(userId, guestId));
        var client = new Contract.Basket.BasketClient(channel);

        var merged = await client.MergeAsync(new MergeBasketRequest(), cancellationToken: Stop);
        var again = await client.MergeAsync(new MergeBasketRequest(), cancellationToken: Stop);

        Assert.Equal([(shared, 99), (guests, 2)], merged.Lines.Select(line => (line.ProductId, line.Quantity)));
        Assert.Equal(merged, again);
        Assert.Empty((await guest.BasketAsync())["lines"]!.AsArray());
    }

    [Fact]
    public async Task Merge_TokenWithoutGuest_ChangesNothing()
    {
        var product = await App.NewProductAsync(10m, 200, Stop);
        var userId = Guid.NewGuid();
        await App.Client(App.Tokens.User(userId)).AddAsync(product, 5);
        using var channel = App.GrpcChannel(App.Tokens.User(userId));

        var basket = await new Contract.Basket.BasketClient(channel).MergeAsync(new MergeBasketRequest(), cancellationToken: Stop);

        Assert.Equal(5, Assert.Single(basket.Lines).Quantity);
    }

    [Fact]
    public async Task UserDeleted_DeletesTheBasket()
    {
        var product = await App.NewProductAsync(10m, 200, Stop);
        var user = App.NewUser(out var userId);
        var other = App.NewUser(out _);
        await user.AddAsync(product, 4);
        await other.AddAsync(product, 3);

        await App.Catalog.PublishAsync("identity.user-deleted", new UserDeleted(userId), $"{userId}", 0, Stop);

        await Eventually.TrueAsync(async () => (await user.BasketAsync())["lines"]!.AsArray().Count == 0, "the basket is deleted");
        Assert.Single((await other.BasketAsync())["lines"]!.AsArray());
    }

    [Fact]
    public async Task GuestAdopted_Twice_MovesTheBasketOnce()
    {
        var product = await App.NewProductAsync(10m, 200, Stop);
        var guest = App.NewGuest(out var guestId);
        await guest.AddAsync(product, 4);
        var user = App.NewUser(out var userId);
        var adopted = new GuestAdopted(guestId, userId);

        await App.Catalog.PublishAsync("identity.guest-adopted", adopted, $"{guestId}", 0, Stop);
        await App.Catalog.PublishAsync("identity.guest-adopted", adopted, $"{guestId}", 0, Stop);

        await Eventually.TrueAsync(async () => (await guest.BasketAsync())["lines"]!.AsArray().Count == 0);
        Assert.Equal(4, (int)(await user.LineAsync(product))["quantity"]!);
        using var changed = await user.PutItemAsync(product, 1);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }
}

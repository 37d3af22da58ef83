using Contracts.Identity;
using Contracts.Ordering;

namespace Ordering.Api.Tests.Orders;

/// <summary>Ordering follows what happens to accounts.</summary>
public sealed class BuyerTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UserChanged_ChangesTheBuyer_AndAnOlderStateDoesNot()
    {
        var user = Guid.CreateVersion7();
        await _app.World.HandledAsync(_app.World.Publish(new UserRegistered(user, "ada@example.com", "Ada"), user));

        _app.World.Broker.Publish(new UserChanged(user, "new@example.com", "Countess Ada", 2), $"{user}", version: 2);
        _app.World.Broker.Publish(new UserChanged(user, "old@example.com", "Ada B.", 1), $"{user}", version: 1);
        await _app.World.HandledAsync(_app.World.Publish(new UserRegistered(Guid.NewGuid(), "x@example.com", "X"), user));

        var buyer = await _app.World.ReadAsync<string>($"select name || ' ' || email from buyers where id = '{user}'");
        Assert.Equal("Countess Ada new@example.com", buyer);
    }

    [Fact]
    public async Task UserDeleted_ForgetsTheContactOfFinishedOrders_NowAndLater_AndKeepsTheInvoice()
    {
        var user = Guid.CreateVersion7();
        var finished = await _app.OrderInAsync("Shipped", user);
        var open = await _app.OrderInAsync("Paid", user);
        var other = await _app.OrderInAsync("Shipped");

        await _app.World.HandledAsync(_app.World.Publish(new UserDeleted(user), user));

        Assert.Equal($"{finished.BuyerName} | |", await ContactAsync(finished.OrderId, user));
        Assert.Equal(finished.ShippingAddress.Street, await ReadAsync("shipping_address_street", finished.OrderId));
        Assert.Equal(0L, await _app.World.ReadAsync<long>($"select count(*) from buyers where id = '{user}'"));
        Assert.Contains(open.BuyerEmail, await ContactAsync(open.OrderId, user), StringComparison.Ordinal);
        Assert.NotEqual("", await ReadAsync("buyer_email", other.OrderId));

        using var shipped = await _app.AsAdmin().PostAsync($"api/orders/{open.OrderId}/ship", content: null, Stop);
        await _app.World.HandledAsync<OrderShipped>("ordering-api", order => order.OrderId == open.OrderId);

        Assert.Equal($"{open.BuyerName} | |", await ContactAsync(open.OrderId, user));
    }

    [Fact]
    public async Task MessagesOfADeletedUser_ThatComeLate_BringNothingBack()
    {
        var user = Guid.CreateVersion7();
        await _app.World.HandledAsync(_app.World.Publish(new UserDeleted(user), user));

        var checkout = Checkouts.Of(user);
        await _app.World.HandledAsync(_app.CheckOut(checkout));
        await _app.World.HandledAsync(_app.World.Publish(new UserRegistered(user, "ada@example.com", "Ada"), user));
        _app.World.Broker.Publish(new UserChanged(user, "new@example.com", "Ada", 2), $"{user}", version: 2);
        await _app.World.HandledAsync<UserChanged>("ordering-api", change => change.UserId == user);

        Assert.Equal(0L, await _app.World.ReadAsync<long>($"select count(*) from buyers where id = '{user}'"));
        Assert.Contains(checkout.BuyerEmail, await ContactAsync(checkout.OrderId, user), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FinishedOrdersOfAGuest_WhoseUserIsDeleted_AreForgottenWhenTheyAreAdopted()
    {
        var (guest, user) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var finished = await _app.OrderInAsync("Shipped", guest);
        await _app.World.HandledAsync(_app.World.Publish(new UserDeleted(user), user));

        await _app.World.HandledAsync(_app.World.Publish(new GuestAdopted(guest, user), guest));

        Assert.Equal($"{finished.BuyerName} | |", await ContactAsync(finished.OrderId, user));
    }

    /// <summary>Name, e-mail address and whether the order still names the user.</summary>
    private Task<string?> ContactAsync(Guid order, Guid user) => ReadAsync(
        $"buyer_name || ' |' || case when buyer_email = '' then '' else ' ' || buyer_email end || ' |' || "
        + $"case when buyer_id = '{user}' then ' ' || buyer_id else '' end", order);

    private Task<string?> ReadAsync(string expression, Guid order) =>
        _app.World.ReadAsync<string>($"select {expression} from orders where id = '{order}'");
}

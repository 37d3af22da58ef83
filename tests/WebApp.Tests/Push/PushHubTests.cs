using System.Net;
using System.Text.RegularExpressions;
using Contracts.Catalog;
using Contracts.Ordering;
using EventBus;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using WebApp.Push;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Push;

public sealed partial class PushHubTests(TestServers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly int[] Shown = [7];
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task OrderStep_ReachesTheOwnersPage_OnAnotherReplica()
    {
        await using var shop = await Shop.OpenAsync(servers);
        await using var replica = shop.OpenReplica();
        var order = Guid.CreateVersion7();
        var ticket = await TicketFromPageAsync(shop, order);
        await using var connection = await shop.ConnectToHubAsync();
        var step = Next(connection, "order");
        await connection.InvokeAsync("FollowOrder", order, ticket, Stop);

        await HandleAsync<PushOrderStep, OrderPaid>(replica, new OrderPaid(order, Guid.NewGuid(), 89m, "EUR", 3));

        Assert.Equal("Paid", (await step)[1]);
    }

    [Fact]
    public async Task OrderOfAnotherBuyer_CannotBeFollowed()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var ticket = await TicketFromPageAsync(shop, Guid.CreateVersion7());
        await using var connection = await shop.ConnectToHubAsync();

        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("FollowOrder", Guid.CreateVersion7(), ticket, Stop));
        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("FollowOrder", Guid.CreateVersion7(), "forged", Stop));
    }

    [Fact]
    public async Task OrderPage_IsForItsOwner_SoOnlyTheyGetATicket()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var order = Guid.CreateVersion7();
        shop.Fakes.Status($"GET /api/orders/{order}", HttpStatusCode.NotFound);
        var stranger = new Browser(shop);
        await stranger.RegisterAsync("ada@example.com", "a few good words");

        using var response = await stranger.GetAsync($"/orders/{order}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("data-ticket", stranger.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PriceAndStock_ReachThePagesThatShowTheProduct()
    {
        await using var shop = await Shop.OpenAsync(servers);
        await using var connection = await shop.ConnectToHubAsync();
        var price = Next(connection, "price");
        var stock = Next(connection, "stock");
        await connection.InvokeAsync("FollowProducts", Shown, Stop);

        await HandleAsync<PushPrice, PriceChanged>(shop, new PriceChanged(8, 1m, 2m, "EUR", 1));
        await HandleAsync<PushPrice, PriceChanged>(shop, new PriceChanged(7, 89m, 95.5m, "EUR", 2));
        await HandleAsync<PushStock, StockLevelChanged>(shop, new StockLevelChanged(7, 3, 3));

        Assert.Equal(["7", "€95.50", "95.50"], await price);
        Assert.Equal(["7", "low", "Only 3 left"], await stock);
    }

    [Fact]
    public async Task Update_WhileTheCacheIsDown_IsDropped_AndTheMessageIsHandled()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["ConnectionStrings:cache"] = "127.0.0.1:1");

        await HandleAsync<PushPrice, PriceChanged>(shop, new PriceChanged(7, 89m, 95.5m, "EUR", 2));
        await HandleAsync<PushOrderStep, OrderPaid>(shop, new OrderPaid(Guid.CreateVersion7(), Guid.NewGuid(), 89m, "EUR", 3));
    }

    private static async Task<string> TicketFromPageAsync(Shop shop, Guid order)
    {
        shop.Fakes.Json($"GET /api/orders/{order}", Things.Order(order));
        var owner = new Browser(shop);
        await owner.RegisterAsync($"{order:n}@example.com", "a few good words");
        await owner.GetAsync($"/orders/{order}");
        return Ticket().Match(owner.Html).Groups[1].Value;
    }

    private static Task<string[]> Next(HubConnection connection, string target)
    {
        var arrived = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.On<object, string, string>(target, (id, first, second) => arrived.TrySetResult([$"{id}", first, second]));
        return arrived.Task.WaitAsync(Patience, Stop);
    }

    private static async Task HandleAsync<THandler, TMessage>(Shop shop, TMessage message) where THandler : IMessageHandler<TMessage>
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var handler = ActivatorUtilities.CreateInstance<THandler>(scope.ServiceProvider);
        await handler.HandleAsync(
            message,
            new MessageContext
            {
                MessageId = Guid.NewGuid(),
                Type = "",
                CorrelationId = "",
                Key = "",
                Version = 1,
                CreatedAt = TimeProvider.System.GetUtcNow(),
                Attempt = 1,
            },
            Stop);
    }

    [GeneratedRegex("""data-ticket="([^"]+)""")]
    private static partial Regex Ticket();
}

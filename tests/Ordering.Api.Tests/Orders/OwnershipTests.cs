using System.Net;
using System.Text.Json.Nodes;
using Contracts.Basket;
using Contracts.Identity;
using EventBus.DeadLetters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ordering.Api.Buyers;
using Ordering.Api.Orders;

namespace Ordering.Api.Tests.Orders;

public sealed class OwnershipTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_OfAnotherBuyer_DoesNotExist()
    {
        var checkout = await _app.OrderInAsync("Submitted");
        using var stranger = _app.As(Guid.NewGuid());

        using var seen = await stranger.GetAsync($"api/orders/{checkout.OrderId}", Stop);
        using var unknown = await stranger.GetAsync($"api/orders/{Guid.NewGuid()}", Stop);
        using var cancelled = await stranger.PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop);
        using var shipped = await stranger.PostAsync($"api/orders/{checkout.OrderId}/ship", content: null, Stop);
        using var all = await stranger.GetAsync("api/orders/all", Stop);
        using var refunded = await stranger.PostAsync($"api/orders/{checkout.OrderId}/refunds", content: null, Stop);

        Assert.Equal(
            [
                HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden,
                HttpStatusCode.Forbidden, HttpStatusCode.Forbidden,
            ],
            new[] { seen, unknown, cancelled, shipped, all, refunded }.Select(response => response.StatusCode));
        Assert.Equal(await ProblemWithoutTraceAsync(unknown), await ProblemWithoutTraceAsync(seen));
        await _app.ReachesAsync(checkout, "Submitted");
    }

    [Fact]
    public async Task Order_OfAnyBuyer_IsSeenByAnAdmin()
    {
        var checkout = await _app.OrderInAsync("Submitted");

        var order = await _app.AsAdmin().SeeAsync(checkout.OrderId);

        Assert.Equal("Submitted", (string)order!["status"]!);
    }

    [Theory]
    [InlineData("api/orders")]
    [InlineData("api/orders/all")]
    [InlineData("api/webhooks")]
    public async Task Answer_AboutBuyersOrSecrets_IsNotStored(string path)
    {
        using var answer = await _app.AsAdmin().GetAsync(path, Stop);

        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Request_WithoutAValidToken_IsNotAnswered()
    {
        using var without = await _app.Anonymous().GetAsync("api/orders", Stop);
        using var expired = await _app.With(OrderingApp.Tokens.User(Guid.NewGuid(), validFor: TimeSpan.FromMinutes(-5)))
            .GetAsync("api/orders", Stop);
        using var forged = await _app.With(OrderingApp.Tokens.User(Guid.NewGuid())[..^10] + "AAAAAAAAAA").GetAsync("api/orders", Stop);

        Assert.All([without, expired, forged], response =>
        {
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        });
    }

    [Fact]
    public async Task List_OfABuyer_HasOwnOrdersNewestFirst()
    {
        var buyer = Guid.NewGuid();
        var first = await _app.OrderInAsync("Submitted", buyer);
        var second = await _app.OrderInAsync("Submitted", buyer);
        var third = await _app.OrderInAsync("Submitted", buyer);
        using var http = _app.As(buyer);

        var page = await ListAsync(http, "api/orders?pageSize=2");
        var rest = await ListAsync(http, "api/orders?pageSize=2&pageIndex=1");

        Assert.Equal(3, (int)page["count"]!);
        Assert.Equal([third.OrderId, second.OrderId], IdsOf(page));
        Assert.Equal([first.OrderId], IdsOf(rest));
        Assert.Empty(IdsOf(await ListAsync(_app.As(Guid.NewGuid()), "api/orders")));
    }

    [Theory]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("pageIndex=-1", "pageIndex")]
    public async Task List_WithAnImpossiblePage_NamesTheParameter(string query, string parameter)
    {
        using var response = await _app.As(Guid.NewGuid()).GetAsync($"api/orders?{query}", Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!;
        Assert.Contains(problem["errors"]!.AsObject(), error => string.Equals(error.Key, parameter, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Orders_OfAGuest_BelongToTheUserAfterTheAdoption()
    {
        var (guest, user) = (Guid.NewGuid(), Guid.NewGuid());
        var before = await _app.OrderInAsync("Submitted", guest);

        await AdoptAsync(guest, user);
        var after = await _app.OrderInAsync("Submitted", guest);

        Assert.Equal([after.OrderId, before.OrderId], IdsOf(await ListAsync(_app.As(user), "api/orders")));
        Assert.Empty(IdsOf(await ListAsync(_app.As(guest), "api/orders")));
        Assert.Equal(0, await _app.World.ReadAsync<long>($"select count(*) from buyers where id = '{guest}'"));
    }

    [Fact]
    public async Task Orders_OfTwentyFiveGuests_AllBelongToTheUserWhoAdoptedThem()
    {
        var user = Guid.NewGuid();
        var checkouts = Enumerable.Range(0, 25).Select(_ => Checkouts.Of(Guid.NewGuid())).ToList();

        foreach (var checkout in checkouts)
        {
            await _app.World.HandledAsync(_app.CheckOut(checkout));
            await AdoptAsync(checkout.BuyerId, user);
        }

        var orders = await ListAsync(_app.As(user), "api/orders?pageSize=100");
        Assert.Equal(checkouts.Select(checkout => checkout.OrderId).Order(), IdsOf(orders).Order());
    }

    [Fact]
    public async Task Adoption_ByASecondUser_LeavesTheOrdersWithTheFirst()
    {
        var (guest, first, second) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var checkout = await _app.OrderInAsync("Submitted", guest);

        await AdoptAsync(guest, first);
        await AdoptAsync(guest, second);

        Assert.NotNull(await _app.As(first).SeeAsync(checkout.OrderId));
        Assert.Null(await _app.As(second).SeeAsync(checkout.OrderId));
    }

    [Fact]
    public async Task Adoption_OfAnAccount_IsADeadLetter_AndItsOrdersStay()
    {
        var (victim, thief) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _app.World.HandledAsync(_app.World.Publish(new UserRegistered(victim, "ada@example.com", "Ada"), victim));
        var checkout = await _app.OrderInAsync("Submitted", victim);

        var adoption = _app.World.Publish(new GuestAdopted(victim, thief), victim);

        var letters = _app.Services.GetRequiredService<DeadLetterQueues>();
        var letter = (await Eventually.AsksAsync(
            async () => (await letters.PeekAsync("ordering-api", cancellationToken: Stop)).SingleOrDefault(
                one => one.MessageId == adoption),
            found => found is not null))!;
        Assert.Contains("is an account and no guest", letter.ExceptionMessage, StringComparison.Ordinal);
        Assert.NotNull(await _app.As(victim).SeeAsync(checkout.OrderId));
        Assert.Null(await _app.As(thief).SeeAsync(checkout.OrderId));
    }

    [Fact]
    public async Task Order_OfAGuestNamedInTheToken_IsNotSeen()
    {
        var (guest, user) = (Guid.NewGuid(), Guid.NewGuid());
        var checkout = await _app.OrderInAsync("Submitted", guest);

        Assert.Null(await _app.As(user, guestId: guest).SeeAsync(checkout.OrderId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Order_OfAGuestAdoptedAtTheSameMoment_BelongsToTheUser(bool orderIsFirst)
    {
        var (guest, user) = (Guid.NewGuid(), Guid.NewGuid());
        var checkout = Checkouts.Of(guest);
        await using var orders = Connect();
        await using var accounts = Connect();
        await using var ordered = await orders.Database.BeginTransactionAsync(Stop);
        await using var adopted = await accounts.Database.BeginTransactionAsync(Stop);

        // The second begins while the first is done, but not committed.
        if (orderIsFirst)
        {
            await PlaceAsync();
            var second = AdoptAsync();
            await WaitsOrIsDoneAsync(second);
            await ordered.CommitAsync(Stop);
            await second;
            await adopted.CommitAsync(Stop);
        }
        else
        {
            await AdoptAsync();
            var second = PlaceAsync();
            await WaitsOrIsDoneAsync(second);
            await adopted.CommitAsync(Stop);
            await second;
            await ordered.CommitAsync(Stop);
        }

        Assert.Equal(user, await _app.World.ReadAsync<Guid>($"select buyer_id from orders where id = '{checkout.OrderId}'"));

        async Task PlaceAsync()
        {
            orders.Orders.Add(Order.Place(
                checkout, await orders.FindOrAddBuyerAsync(checkout, Stop), NumberOf(checkout), TimeProvider.System.GetUtcNow()));
            await orders.SaveChangesAsync(Stop);
        }

        async Task AdoptAsync()
        {
            await new AdoptGuestOrders(accounts).HandleAsync(new GuestAdopted(guest, user), context: null!, Stop);
            await accounts.SaveChangesAsync(Stop);
        }

        Task WaitsOrIsDoneAsync(Task second) => Eventually.TrueAsync(async () => second.IsCompleted || await _app.World.ReadAsync<long>(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted "
                + "and database = (select oid from pg_database where datname = current_database())") > 0);

        // Far above the sequence's.
        static int NumberOf(BasketCheckedOut checkout) => 1_000_000_000 + (checkout.OrderId.GetHashCode() & 0xFF_FFFF);

        // Not the app's: it repeats what fails, and therefore begins transactions itself.
        OrderingContext Connect() =>
            new(new DbContextOptionsBuilder<OrderingContext>().UseNpgsql(_app.Database).UseSnakeCaseNamingConvention().Options);
    }

    [Fact]
    public async Task OpenApi_Describes_EveryRoute()
    {
        var document = JsonNode.Parse(await _app.Anonymous().GetStringAsync("openapi/v1.json", Stop))!;

        Assert.Equal(
            ["/api/orders", "/api/orders/all", "/api/orders/find", "/api/orders/{id}", "/api/orders/{id}/cancel",
                "/api/orders/{id}/refunds", "/api/orders/{id}/ship", "/api/webhooks", "/api/webhooks/{id}", "/api/webhooks/{id}/deliveries",
                "/api/webhooks/{id}/deliveries/{deliveryId}/resend"],
            document["paths"]!.AsObject().Select(path => path.Key)
                .Where(path => !path.StartsWith("/api/dead-letters", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OpenApi_Describes_TheStatusesThatEveryRouteMayAnswer_AndTheKeyOfARefundAsRequired()
    {
        var paths = JsonNode.Parse(await _app.Anonymous().GetStringAsync("openapi/v1.json", Stop))!["paths"]!.AsObject()
            .Where(path => !path.Key.StartsWith("/api/dead-letters", StringComparison.Ordinal)).ToArray();

        Assert.All(paths.SelectMany(path => path.Value!.AsObject()), operation => Assert.Superset(
            new HashSet<string> { "401", "429", "503" },
            operation.Value!["responses"]!.AsObject().Select(response => response.Key).ToHashSet()));
        var refund = paths.Single(path => path.Key == "/api/orders/{id}/refunds").Value!["post"]!;
        Assert.True((bool)refund["parameters"]!.AsArray().Single(one => (string)one!["name"]! == "Idempotency-Key")!["required"]!);
    }

    private Task AdoptAsync(Guid guest, Guid user) =>
        _app.World.HandledAsync(_app.World.Publish(new GuestAdopted(guest, user), guest));

    private static async Task<JsonNode> ListAsync(HttpClient http, string path) =>
        JsonNode.Parse(await http.GetStringAsync(path, Stop))!;

    private static IEnumerable<Guid> IdsOf(JsonNode page) => page["data"]!.AsArray().Select(order => (Guid)order!["id"]!);

    private static async Task<string> ProblemWithoutTraceAsync(HttpResponseMessage response)
    {
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!.AsObject();
        problem.Remove("traceId");
        problem.Remove("instance");
        return problem.ToJsonString();
    }
}

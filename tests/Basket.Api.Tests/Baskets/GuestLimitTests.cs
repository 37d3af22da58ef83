using System.Net;
using Basket.Api.Tests.Http;
using Basket.Grpc;
using Grpc.Core;

namespace Basket.Api.Tests.Baskets;

/// <summary>How many baskets the guests of one network may begin. The limit here is 2.</summary>
public sealed class GuestLimitTests(SharedApp shared) : IAsyncLifetime
{
    private const string Visitor = "203.0.113.7";
    private const string Other = "203.0.113.8";

    private BasketApp _app = null!;
    private int _product;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await BasketApp.StartAsync(
            shared.Servers, await FakeCatalog.StartAsync(Stop), Stop, ("Baskets:NewGuestBasketsPerHour", "2"));
        await _app.IsReadyAsync();
        _product = await _app.NewProductAsync(2m, 100, Stop);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task NewGuestBasket_AboveTheLimit_IsRefusedWith429_AndExistingOnesGoOn()
    {
        using var first = Guest(Visitor);
        using var second = Guest(Visitor);
        await first.AddAsync(_product, 1);
        await second.AddAsync(_product, 1);
        using var third = Guest(Visitor);
        using var elsewhere = Guest(Other);
        using var user = From(Visitor, _app.Tokens.User(Guid.NewGuid()));

        using var refused = await third.AddItemAsync(_product, 1);
        using var refusedPut = await third.PutItemAsync(_product, 1);

        var problem = await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal("Too many new baskets were begun from your network. Sign in, or try again later.", (string)problem["detail"]!);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        await refusedPut.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Empty((await third.BasketAsync())["lines"]!.AsArray());
        await first.AddAsync(_product, 2);
        await elsewhere.AddAsync(_product, 1);
        await user.AddAsync(_product, 1);
    }

    [Fact]
    public async Task NewGuestBasket_OverGrpc_CountsAgainstTheSameLimit()
    {
        using var first = Guest(Visitor);
        await first.AddAsync(_product, 1);
        await AddOverGrpcAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(AddOverGrpcAsync);

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.InRange(int.Parse(refused.Trailers.GetValue("retry-after")!, null), 3500, 3600);
    }

    [Fact]
    public async Task GuestBasket_ThatWasCheckedOut_DoesNotCount()
    {
        for (var order = 0; order < 4; order++)
        {
            using var buyer = Guest(Visitor);
            await buyer.AddAsync(_product, 1);
            using var accepted = await buyer.CheckOutAsync("key");
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        }
    }

    private async Task AddOverGrpcAsync()
    {
        using var channel = _app.GrpcChannel(_app.Tokens.Guest(Guid.NewGuid()), Visitor);
        await new global::Basket.Grpc.Basket.BasketClient(channel)
            .AddItemAsync(new AddItemRequest { ProductId = _product, Quantity = 1 }, cancellationToken: Stop);
    }

    private HttpClient Guest(string address) => From(address, _app.Tokens.Guest(Guid.NewGuid()));

    // As WebApp does, which Basket.Api trusts as a proxy.
    private HttpClient From(string address, string token)
    {
        var client = _app.Client(token);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }
}

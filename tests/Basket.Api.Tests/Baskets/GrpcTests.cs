using Basket.Api.Tests.Http;
using Basket.Grpc;
using Contracts.Basket;
using Contracts.Catalog;
using Google.Type;
using Grpc.Core;
using ServiceDefaults.Api;
using Contract = global::Basket.Grpc;

namespace Basket.Api.Tests.Baskets;

public sealed class GrpcTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task Operations_OverGrpcAndRest_AgreeOnOneBasket()
    {
        var product = await App.NewProductAsync(19.95m, 10, Stop);
        var token = App.Tokens.User(Guid.NewGuid());
        var rest = App.Client(token);
        using var channel = App.GrpcChannel(token);
        var grpc = new Contract.Basket.BasketClient(channel);

        var set = await grpc.SetQuantityAsync(new SetQuantityRequest { ProductId = product, Quantity = 3 }, cancellationToken: Stop);
        var line = Assert.Single(set.Lines);
        Assert.Equal(
            (19L, 950_000_000, "EUR", 59L, 3),
            (line.UnitPrice.Units, line.UnitPrice.Nanos, line.UnitPrice.CurrencyCode, set.Total.Units, set.ItemCount));
        Assert.Null(line.OldUnitPrice);
        Assert.Equal(59.85m, (decimal)(await rest.BasketAsync())["total"]!);

        await rest.AddAsync(product, 1);
        Assert.Equal(1, (await grpc.GetAsync(new GetBasketRequest(), cancellationToken: Stop)).ItemCount);

        Assert.Empty((await grpc.SetQuantityAsync(new SetQuantityRequest { ProductId = product }, cancellationToken: Stop)).Lines);
        Assert.Empty((await rest.BasketAsync())["lines"]!.AsArray());

        await rest.AddAsync(product, 1);
        Assert.Empty((await grpc.ClearAsync(new ClearBasketRequest(), cancellationToken: Stop)).Lines);
    }

    [Fact]
    public async Task Message_AboveTheLimitOfBodies_IsRefused_NotAFault()
    {
        using var channel = App.GrpcChannel(App.Tokens.User(Guid.NewGuid()));
        var grpc = new Contract.Basket.BasketClient(channel);
        var request = new CheckoutRequest { BuyerName = new string('a', RequestBodies.MaxBytes) };

        var refused = await RefusedAsync(grpc.CheckoutAsync(request, cancellationToken: Stop));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task AddItem_OverGrpc_AddsToWhatIsThere()
    {
        var product = await App.NewProductAsync(2m, 10, Stop);
        using var channel = App.GrpcChannel(App.Tokens.User(Guid.NewGuid()));
        var grpc = new Contract.Basket.BasketClient(channel);

        await grpc.AddItemAsync(new AddItemRequest { ProductId = product, Quantity = 5 }, cancellationToken: Stop);
        var basket = await grpc.AddItemAsync(new AddItemRequest { ProductId = product, Quantity = 1 }, cancellationToken: Stop);
        var refused = await RefusedAsync(
            grpc.AddItemAsync(new AddItemRequest { ProductId = product, Quantity = 100 }, cancellationToken: Stop));

        Assert.Equal(6, Assert.Single(basket.Lines).Quantity);
        Assert.NotNull(refused.Trailers.GetValue("error-quantity"));
    }

    [Fact]
    public async Task View_LineThatCannotBeBought_HasTheSameNoticeOverGrpcAndRest()
    {
        var (scarce, good) = (await App.NewProductAsync(2m, 10, Stop), await App.NewProductAsync(2m, 10, Stop));
        var token = App.Tokens.User(Guid.NewGuid());
        var rest = App.Client(token);
        using var channel = App.GrpcChannel(token);
        await rest.AddAsync(scarce, 5);
        await rest.AddAsync(good, 1);
        await App.PublishAsync(new StockLevelChanged(scarce, 2, Version: 2), scarce, 2, Stop);
        await App.ProductBecomesAsync(scarce, known => known.AvailableStock == 2);

        var basket = await new Contract.Basket.BasketClient(channel).GetAsync(new GetBasketRequest(), cancellationToken: Stop);

        Assert.Equal("Only 2 left.", basket.Lines.Single(line => line.ProductId == scarce).Notice);
        Assert.False(basket.Lines.Single(line => line.ProductId == good).HasNotice);
        Assert.Equal("Only 2 left.", (string)(await rest.LineAsync(scarce))["notice"]!);
    }

    [Fact]
    public async Task Checkout_GoodRequest_PublishesTheOrder()
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        using var channel = App.GrpcChannel(App.Tokens.User(Guid.NewGuid()));
        var grpc = new Contract.Basket.BasketClient(channel);
        await grpc.SetQuantityAsync(new SetQuantityRequest { ProductId = product, Quantity = 1 }, cancellationToken: Stop);

        var reply = await grpc.CheckoutAsync(
            new CheckoutRequest
            {
                IdempotencyKey = $"{Guid.NewGuid()}",
                ShippingAddress =
                    new Contract.ShippingAddress { Street = "1 Road", City = "Porto", Country = "Portugal", ZipCode = "4000" },
                Card = new Card { Number = "4242424242424242", Holder = "Ada", Expiration = "12/40", SecurityCode = "123" },
            },
            cancellationToken: Stop);

        var orderId = Guid.Parse(reply.OrderId);
        await Eventually.TrueAsync(
            () => App.Catalog
                .Heard<BasketCheckedOut>("basket.basket-checked-out")
                .Any(received => received.OrderId == orderId && received.BuyerName == "Ada"));
    }

    [Fact]
    public async Task Checkout_TotalIsNotTheExpectedOne_IsRefusedWithBoth()
    {
        var product = await App.NewProductAsync(19.95m, 10, Stop);
        using var channel = App.GrpcChannel(App.Tokens.User(Guid.NewGuid()));
        var grpc = new Contract.Basket.BasketClient(channel);
        await grpc.SetQuantityAsync(new SetQuantityRequest { ProductId = product, Quantity = 2 }, cancellationToken: Stop);
        var request = new CheckoutRequest
        {
            IdempotencyKey = $"{Guid.NewGuid()}",
            ShippingAddress = new Contract.ShippingAddress { Street = "1 Road", City = "Porto", Country = "Portugal", ZipCode = "4000" },
            Card = new Card { Number = "4242424242424242", Holder = "Ada", Expiration = "12/40", SecurityCode = "123" },
            ExpectedTotal = new Money { Units = 38, Nanos = 900_000_000, CurrencyCode = "EUR" },
        };

        var refused = await RefusedAsync(grpc.CheckoutAsync(request, cancellationToken: Stop));
        request.ExpectedTotal = new Money { Units = 39, Nanos = 900_000_000, CurrencyCode = "EUR" };
        var reply = await grpc.CheckoutAsync(request, cancellationToken: Stop);

        Assert.Equal(
            (StatusCode.FailedPrecondition, "The total was 38.90 EUR and is now 39.90 EUR."), (refused.StatusCode, refused.Status.Detail));
        Assert.NotEmpty(reply.OrderId);
    }

    [Fact]
    public async Task Refusals_HaveStatusAndTrailers()
    {
        var product = await App.NewProductAsync(10m, 1, Stop);
        using var channel = App.GrpcChannel(App.Tokens.User(Guid.NewGuid()));
        var grpc = new Contract.Basket.BasketClient(channel);

        var quantity = await RefusedAsync(
            grpc.SetQuantityAsync(new SetQuantityRequest { ProductId = product, Quantity = 100 }, cancellationToken: Stop));
        var unknown = await RefusedAsync(
            grpc.SetQuantityAsync(new SetQuantityRequest { ProductId = 987654321, Quantity = 1 }, cancellationToken: Stop));
        var stock = await RefusedAsync(
            grpc.SetQuantityAsync(new SetQuantityRequest { ProductId = product, Quantity = 2 }, cancellationToken: Stop));
        var fields = await RefusedAsync(grpc.CheckoutAsync(
            new CheckoutRequest { IdempotencyKey = "k k", Card = new Card(), ShippingAddress = new Contract.ShippingAddress() },
            cancellationToken: Stop));

        Assert.Equal(
            (StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.FailedPrecondition, StatusCode.InvalidArgument),
            (quantity.StatusCode, unknown.StatusCode, stock.StatusCode, fields.StatusCode));
        Assert.NotNull(quantity.Trailers.GetValue("error-quantity"));
        Assert.NotNull(fields.Trailers.GetValue("error-card.number"));
        Assert.NotNull(fields.Trailers.GetValue("error-shippingaddress.zipcode"));
        Assert.NotNull(fields.Trailers.GetValue("error-idempotencykey"));
    }

    [Fact]
    public async Task NoToken_IsUnauthenticated()
    {
        using var channel = App.GrpcChannel("nonsense");

        var refused = await RefusedAsync(
            new Contract.Basket.BasketClient(channel).GetAsync(new GetBasketRequest(), cancellationToken: Stop));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    private static async Task<RpcException> RefusedAsync<T>(AsyncUnaryCall<T> call) =>
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
}

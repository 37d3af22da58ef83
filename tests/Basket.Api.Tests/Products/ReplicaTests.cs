using System.Net;
using Basket.Api.Tests.Http;
using Contracts.Catalog;

namespace Basket.Api.Tests.Products;

public sealed class ReplicaTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task NewReplica_CatalogDown_Answers503UntilItIsFilled()
    {
        var catalog = await FakeCatalog.StartAsync(Stop);
        catalog.IsUp = false;
        await using var app = await BasketApp.StartAsync(shared.Servers, catalog, Stop);
        var user = app.NewUser(out _);

        using var unhealthy = await app.Client(null).GetAsync("health", Stop);
        using var alive = await app.Client(null).GetAsync("alive", Stop);
        using var tooEarly = await user.PutItemAsync(501, 1);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (unhealthy.StatusCode, alive.StatusCode));
        Assert.Contains(
            "still loading", (string)(await tooEarly.ProblemAsync(HttpStatusCode.ServiceUnavailable))["detail"]!, StringComparison.Ordinal);
        Assert.Empty((await user.BasketAsync())["lines"]!.AsArray());

        // More than a page.
        Enumerable.Range(501, 1200).ToList().ForEach(id => catalog.Change(id, 1m, 5, version: 3));
        catalog.IsUp = true;

        await app.IsReadyAsync();
        await user.AddAsync(1700, 5);
        using var unknown = await user.PutItemAsync(1701, 1);
        await unknown.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task DataOfRedisLost_Answers503WithTheReasonAndFillsAgain()
    {
        var catalog = await FakeCatalog.StartAsync(Stop);
        catalog.Change(5, 2m, 5, version: 1);
        await using var app = await BasketApp.StartAsync(shared.Servers, catalog, Stop);
        await app.IsReadyAsync();
        var user = app.NewUser(out _);
        await user.AddAsync(5, 1);

        catalog.IsUp = false;
        await app.FlushRedisAsync();
        using var lost = await user.AddItemAsync(5, 1);
        using var unhealthy = await app.Client(null).GetAsync("health", Stop);

        Assert.Contains(
            "still loading", (string)(await lost.ProblemAsync(HttpStatusCode.ServiceUnavailable))["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unhealthy.StatusCode);
        catalog.IsUp = true;
        await app.IsReadyAsync();
        await user.AddAsync(5, 1);
    }

    [Fact]
    public async Task Checkout_ReplicaIncomplete_IsNotReadyInsteadOfRefused()
    {
        var catalog = await FakeCatalog.StartAsync(Stop);
        catalog.IsUp = false;
        await using var app = await BasketApp.StartAsync(shared.Servers, catalog, Stop);
        var user = app.NewUser(out var userId);
        await app.Redis.GetDatabase().HashSetAsync($"basket:{userId:n}", "5", "1@2");

        using var answer = await user.CheckOutAsync("key");

        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task QueueDeleted_LostPricesArriveFromTheFeed()
    {
        var catalog = await FakeCatalog.StartAsync(Stop);
        catalog.Change(7, 10m, 5, version: 1);
        await using var app = await BasketApp.StartAsync(shared.Servers, catalog, Stop);
        await app.ProductBecomesAsync(7, known => known.Price == 10m);

        await catalog.DeleteQueueAsync("basket-api", Stop);
        catalog.Change(7, 12m, 5, version: 2);

        await app.ProductBecomesAsync(7, known => known.Price == 12m);
    }

    [Fact]
    public async Task Feed_OlderThanAnEvent_DoesNotOverwriteIt()
    {
        var product = await App.NewProductAsync(10m, 5, Stop);
        await App.PublishAsync(new PriceChanged(product, 10m, 30m, "EUR", Version: 9), product, 9, Stop);
        await App.ProductBecomesAsync(product, known => known.Price == 30m);

        App.Catalog.Change(product, 20m, 8, version: 5);

        await App.ProductBecomesAsync(product, known => known.AvailableStock == 8);
        await App.ProductBecomesAsync(product, known => known.Price == 30m);
    }

    [Fact]
    public async Task OlderEvents_NeverOverwriteNewerOnes()
    {
        var product = await App.NewProductAsync(10m, 5, Stop);
        await App.PublishAsync(new PriceChanged(product, 10m, 30m, "EUR", Version: 9), product, 9, Stop);
        await App.ProductBecomesAsync(product, known => known.Price == 30m);

        await App.PublishAsync(new PriceChanged(product, 10m, 20m, "EUR", Version: 5), product, 5, Stop);
        await App.PublishAsync(BasketApp.Described(product, 10m, 7, version: 6), product, 6, Stop);
        await App.ProductBecomesAsync(product, known => known.AvailableStock == 7);

        var user = App.NewUser(out _);
        await user.AddAsync(product, 1);
        Assert.Equal(30m, (decimal)(await user.LineAsync(product))["unitPrice"]!);
    }

    [Fact]
    public async Task PriceChange_ShowsInOpenBasketsUntilTheLineIsChanged()
    {
        var product = await App.NewProductAsync(10m, 50, Stop);
        var user = App.NewUser(out _);
        await user.AddAsync(product, 2);

        await App.PublishAsync(new PriceChanged(product, 10m, 12.50m, "EUR", Version: 2), product, 2, Stop);

        await App.ProductBecomesAsync(product, known => known.Price == 12.50m);
        var line = await user.LineAsync(product);
        Assert.Equal((12.50m, 10m), ((decimal)line["unitPrice"]!, (decimal)line["oldUnitPrice"]!));
        Assert.Equal(25m, (decimal)(await user.BasketAsync())["total"]!);

        await user.AddAsync(product, 3);
        Assert.Null((await user.LineAsync(product))["oldUnitPrice"]);
    }

    [Fact]
    public async Task SoldOutOrDiscontinued_FlagsLinesAndRefusesMore()
    {
        var (soldOut, discontinued) = (await App.NewProductAsync(10m, 5, Stop), await App.NewProductAsync(20m, 5, Stop));
        var user = App.NewUser(out _);
        await user.AddAsync(soldOut, 1);
        await user.AddAsync(discontinued, 1);

        await App.PublishAsync(new StockLevelChanged(soldOut, 0, Version: 2), soldOut, 2, Stop);
        await App.PublishAsync(new ProductDiscontinued(discontinued, Version: 2), discontinued, 2, Stop);
        await App.ProductBecomesAsync(soldOut, known => !known.CanBeBought());
        await App.ProductBecomesAsync(discontinued, known => !known.CanBeBought());

        Assert.Equal((false, "Sold out."), Availability(await user.LineAsync(soldOut)));
        Assert.Equal((false, "No longer sold."), Availability(await user.LineAsync(discontinued)));
        Assert.Equal(0m, (decimal)(await user.BasketAsync())["total"]!);
        using var more = await user.PutItemAsync(discontinued, 1);
        await more.ProblemAsync(HttpStatusCode.Conflict);
    }

    private static (bool, string?) Availability(System.Text.Json.Nodes.JsonNode line) =>
        ((bool)line["isAvailable"]!, (string?)line["notice"]);
}

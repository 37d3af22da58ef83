using System.Net;
using Basket.Api.Tests.Http;
using Contracts.Catalog;

namespace Basket.Api.Tests.Products;

public sealed class ReplicaTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task EmptyReplica_AsksCatalogAndIsReadyWhenAllIsTold()
    {
        await using var app = await BasketApp.StartAsync(shared.Servers, Stop);
        var user = app.NewUser(out _);

        using var unhealthy = await app.Client(null).GetAsync("health", Stop);
        using var alive = await app.Client(null).GetAsync("alive", Stop);
        using var tooEarly = await user.PutItemAsync(501, 1);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (unhealthy.StatusCode, alive.StatusCode));
        await tooEarly.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Empty((await user.BasketAsync())["lines"]!.AsArray());

        app.Catalog.AllProducts = [.. Enumerable.Range(501, 200).Select(id => BasketApp.Described(id, 1m, 5, version: 3))];
        await app.Catalog.AnswerRepublishAsync(Stop);

        await Eventually.TrueAsync(
            async () =>
            {
                using var health = await app.Client(null).GetAsync("health", Stop);
                return health.StatusCode == HttpStatusCode.OK;
            });
        await user.AddAsync(700, 5);
        using var unknown = await user.PutItemAsync(701, 1);
        await unknown.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task OlderEvents_NeverOverwriteNewerOnes()
    {
        var product = await App.NewProductAsync(10m, 5, Stop);
        await App.TellAsync(new PriceChanged(product, 10m, 30m, "EUR", Version: 9), product, 9, Stop);
        await App.ProductBecomesAsync(product, known => known.Price == 30m);

        await App.TellAsync(new PriceChanged(product, 10m, 20m, "EUR", Version: 5), product, 5, Stop);
        await App.TellAsync(BasketApp.Described(product, 10m, 7, version: 6), product, 6, Stop);
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

        await App.TellAsync(new PriceChanged(product, 10m, 12.50m, "EUR", Version: 2), product, 2, Stop);

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

        await App.TellAsync(new StockLevelChanged(soldOut, 0, Version: 2), soldOut, 2, Stop);
        await App.TellAsync(new ProductDiscontinued(discontinued, Version: 2), discontinued, 2, Stop);
        await App.ProductBecomesAsync(soldOut, known => !known.CanBeBought());
        await App.ProductBecomesAsync(discontinued, known => !known.CanBeBought());

        Assert.Equal((false, "Sold out."), Availability(await user.LineAsync(soldOut)));
        Assert.Equal((false, "No longer sold."), Availability(await user.LineAsync(discontinued)));
        Assert.Equal(0m, (decimal)(await user.BasketAsync())["total"]!);
        using var more = await user.PutItemAsync(discontinued, 1);
        await more.ProblemAsync(HttpStatusCode.Conflict);
    }

    private static (bool, string?) Availability(System.Text.Json.Nodes.JsonNode line) => ((bool)line["isAvailable"]!, (string?)line["notice"]);
}

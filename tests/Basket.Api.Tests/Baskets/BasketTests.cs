using System.Net;
using System.Text;
using Basket.Api.Tests.Http;

namespace Basket.Api.Tests.Baskets;

public sealed class BasketTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task NewBuyer_View_IsEmpty()
    {
        var basket = await App.NewGuest(out _).BasketAsync();

        Assert.Empty(basket["lines"]!.AsArray());
        Assert.Equal(0m, (decimal)basket["total"]!);
        Assert.Equal("EUR", (string)basket["currency"]!);
    }

    [Fact]
    public async Task Put_KnownProduct_ShowsNamePriceAndTotal()
    {
        var (first, second) = (await App.NewProductAsync(19.90m, 10, Stop), await App.NewProductAsync(5m, 10, Stop));
        var user = App.NewUser(out _);

        await user.AddAsync(first, 2);
        using var answer = await user.PutItemAsync(second, 3);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var basket = await user.BasketAsync();
        Assert.Equal(54.80m, (decimal)basket["total"]!);
        Assert.Equal(5, (int)basket["itemCount"]!);
        var line = await user.LineAsync(first);
        Assert.Equal(($"Product {first}", 19.90m, 2, 10, true),
            (
                (string)line["productName"]!,
                (decimal)line["unitPrice"]!,
                (int)line["quantity"]!,
                (int)line["availableStock"]!,
                (bool)line["isAvailable"]!));
        Assert.Null(line["oldUnitPrice"]);
    }

    [Fact]
    public async Task Delete_LineThenBasket_EmptiesItAndMayBeRepeated()
    {
        var (first, second) = (await App.NewProductAsync(1m, 10, Stop), await App.NewProductAsync(2m, 10, Stop));
        var user = App.NewUser(out _);
        await user.AddAsync(first, 1);
        await user.AddAsync(second, 1);

        using var line = await user.DeleteAsync($"api/basket/items/{first}", Stop);
        using var again = await user.DeleteAsync($"api/basket/items/{first}", Stop);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (line.StatusCode, again.StatusCode));
        Assert.Equal(2m, (decimal)(await user.BasketAsync())["total"]!);

        using var all = await user.DeleteAsync("api/basket", Stop);
        Assert.Equal(HttpStatusCode.NoContent, all.StatusCode);
        Assert.Empty((await user.BasketAsync())["lines"]!.AsArray());
    }

    [Fact]
    public async Task Put_UnknownProduct_IsNotFound()
    {
        var user = App.NewUser(out _);

        using var answer = await user.PutItemAsync(987654321, 1);

        await answer.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Empty((await user.BasketAsync())["lines"]!.AsArray());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100")]
    [InlineData("1000000000")]
    [InlineData("100000000000")]
    [InlineData("1.5")]
    [InlineData("\"2\"")]
    [InlineData("null")]
    public async Task Put_ImpossibleQuantity_IsRefusedByName(string quantity)
    {
        var product = await App.NewProductAsync(1m, 10, Stop);
        var user = App.NewUser(out _);
        using var body = new StringContent($$"""{ "quantity": {{quantity}} }""", Encoding.UTF8, "application/json");

        using var answer = await user.PutAsync($"api/basket/items/{product}", body, Stop);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.NotEmpty(problem["errors"]!["quantity"]!.AsArray());
        Assert.Empty((await user.BasketAsync())["lines"]!.AsArray());
    }

    [Fact]
    public async Task Put_MoreThanInStock_IsRefusedWithWhatIsLeft()
    {
        var product = await App.NewProductAsync(1m, 3, Stop);
        var user = App.NewUser(out _);

        using var answer = await user.PutItemAsync(product, 4);

        Assert.Contains("Only 3 left", (string)(await answer.ProblemAsync(HttpStatusCode.Conflict))["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"quantity\": ", "'quantity' at line 1, position 15")]
    [InlineData("{ quantity }", "malformed at line 1, position 3")]
    [InlineData("", "required")]
    public async Task Put_UnreadableBody_SaysWhatIsWrong(string text, string word)
    {
        using var body = new StringContent(text, Encoding.UTF8, "application/json");

        using var answer = await App.NewUser(out _).PutAsync("api/basket/items/1", body, Stop);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(word, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_OtherMediaTypeOrMethod_IsRefusedAsProblem()
    {
        var user = App.NewUser(out _);
        using var body = new StringContent("quantity=1", Encoding.UTF8, "text/plain");

        using var media = await user.PutAsync("api/basket/items/1", body, Stop);
        using var method = await user.PostAsync("api/basket/items/1", content: null, Stop);

        await media.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        await method.ProblemAsync(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Put_FiftyFirstProduct_IsRefused()
    {
        var user = App.NewUser(out _);
        var products = new List<int>();
        for (var i = 0; i < 51; i++)
        {
            products.Add(await App.NewProductAsync(1m, 5, Stop));
        }

        await Task.WhenAll(products.Take(50).Select(product => PutUntilDoneAsync(user, product)));
        using var answer = await user.PutItemAsync(products[50], 1);

        await answer.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(50, (await user.BasketAsync())["lines"]!.AsArray().Count);
    }

    [Fact]
    public async Task AddItem_EightTimesAtOnce_AddsAllOfThem()
    {
        var product = await App.NewProductAsync(1m, 50, Stop);
        var user = App.NewUser(out _);
        await user.AddAsync(product, 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => user.AddItemAsync(product, 1)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(9, (int)(await user.LineAsync(product))["quantity"]!);
    }

    [Fact]
    public async Task AddItem_MoreThanStockOrLimit_ChangesNothing()
    {
        var (scarce, plenty) = (await App.NewProductAsync(1m, 3, Stop), await App.NewProductAsync(1m, 500, Stop));
        var user = App.NewUser(out _);
        await user.AddAsync(scarce, 2);
        await user.AddAsync(plenty, 90);

        using var stock = await user.AddItemAsync(scarce, 2);
        using var limit = await user.AddItemAsync(plenty, 10);
        using var unknown = await user.AddItemAsync(987654321, 1);
        using var zero = await user.AddItemAsync(plenty, 0);

        Assert.Contains("Only 3 left", (string)(await stock.ProblemAsync(HttpStatusCode.Conflict))["detail"]!, StringComparison.Ordinal);
        Assert.Contains("at most 99", (string)(await limit.ProblemAsync(HttpStatusCode.Conflict))["detail"]!, StringComparison.Ordinal);
        await unknown.ProblemAsync(HttpStatusCode.NotFound);
        Assert.NotNull((await zero.ProblemAsync(HttpStatusCode.BadRequest))["errors"]!["quantity"]);
        Assert.Equal((2, 90), ((int)(await user.LineAsync(scarce))["quantity"]!, (int)(await user.LineAsync(plenty))["quantity"]!));
    }

    [Fact]
    public async Task Put_TwoBuyersOfOneProduct_HaveBasketsOfTheirOwn()
    {
        var product = await App.NewProductAsync(1m, 10, Stop);
        var (ada, bob) = (App.NewUser(out _), App.NewUser(out _));

        await ada.AddAsync(product, 2);

        Assert.Empty((await bob.BasketAsync())["lines"]!.AsArray());
    }

    [Fact]
    public async Task Put_ByGuestAndUser_OnlyTheGuestsBasketExpires()
    {
        var product = await App.NewProductAsync(1m, 10, Stop);
        await App.NewGuest(out var guestId).AddAsync(product, 1);
        await App.NewUser(out var userId).AddAsync(product, 1);

        var database = App.Redis.GetDatabase();
        Assert.InRange((await database.KeyTimeToLiveAsync($"basket:{guestId:n}"))!.Value.TotalDays, 29, 30);
        Assert.Null(await database.KeyTimeToLiveAsync($"basket:{userId:n}"));
    }

    // Fifty writers of one basket at once: one that loses too often in a row gets 409 and may try again.
    private static async Task PutUntilDoneAsync(HttpClient user, int product) => await Eventually.TrueAsync(
        async () =>
        {
            using var answer = await user.PutItemAsync(product, 1);
            return answer.IsSuccessStatusCode;
        });
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Journeys;

public sealed class BadInputJourneys(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_product_cannot_be_put_into_the_basket()
    {
        var guest = await shop.GuestAsync(Stop);

        using var response = await guest.Api.PutAsJsonAsync("api/basket/items/987654321", new { quantity = 1 }, Stop);

        await AssertProblemAsync(HttpStatusCode.NotFound, response);
        await AssertBasketIsEmptyAsync(guest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000_000)]
    public async Task An_impossible_quantity_is_refused_and_the_error_names_the_field(int quantity)
    {
        var guest = await shop.GuestAsync(Stop);

        using var response = await guest.Api.PutAsJsonAsync("api/basket/items/20", new { quantity }, Stop);

        var problem = await AssertProblemAsync(HttpStatusCode.BadRequest, response);
        Assert.NotEmpty(problem["errors"]!["quantity"]!.AsArray());
        await AssertBasketIsEmptyAsync(guest);
    }

    [Fact]
    public async Task Other_peoples_orders_cannot_be_seen_cancelled_or_shipped()
    {
        var owner = await shop.GuestAsync(Stop);
        var stranger = await shop.NewCustomerAsync(Stop);
        var order = await owner.BuyAsync(productId: 21, quantity: 1, Cards.Good, Stop);
        await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid");

        using var seen = await stranger.Api.GetAsync(order, Stop);
        using var cancelled = await stranger.Api.PostAsync($"{order}/cancel", content: null, Stop);
        using var shipped = await stranger.Api.PostAsync($"{order}/ship", content: null, Stop);

        await AssertProblemAsync(HttpStatusCode.NotFound, seen);
        await AssertProblemAsync(HttpStatusCode.NotFound, cancelled);
        await AssertProblemAsync(HttpStatusCode.Forbidden, shipped);
        Assert.Equal("Paid", (string)(await owner.GetAsync(order, Stop))["status"]!);
    }

    [Theory]
    [InlineData("api/basket")]
    [InlineData("api/orders")]
    [InlineData("api/webhooks")]
    public async Task A_request_without_a_valid_token_is_refused(string path)
    {
        using var http = new HttpClient { BaseAddress = shop.Address };

        using var without = await http.GetAsync(path, Stop);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Expired());
        using var expired = await http.GetAsync(path, Stop);

        await AssertProblemAsync(HttpStatusCode.Unauthorized, without);
        await AssertProblemAsync(HttpStatusCode.Unauthorized, expired);
    }

    [Fact]
    public async Task Malformed_json_is_refused_as_a_bad_request()
    {
        var guest = await shop.GuestAsync(Stop);
        using var body = new StringContent("{ \"quantity\": ", Encoding.UTF8, "application/json");

        using var response = await guest.Api.PutAsync("api/basket/items/22", body, Stop);

        await AssertProblemAsync(HttpStatusCode.BadRequest, response);
        await AssertBasketIsEmptyAsync(guest);
    }

    [Fact]
    public async Task An_empty_basket_cannot_be_checked_out()
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 23, quantity: 1, Stop);
        using var emptied = await guest.Api.DeleteAsync("api/basket", Stop);

        using var response = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);

        emptied.EnsureSuccessStatusCode();
        await AssertProblemAsync(HttpStatusCode.Conflict, response);
        Assert.DoesNotContain("Submitted", await guest.Api.GetStringAsync("api/orders", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checking_out_twice_at_once_gives_one_order()
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 24, quantity: 1, Stop);
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => guest.CheckOutAsync(Cards.Good, key, Stop)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        var order = Assert.Single(answers.Select(answer => answer.Headers.Location).Distinct());
        await shop.Flows.OfOrder(order!, Stop).ToReach("ordering.order-placed");
        var orders = await guest.Api.GetFromJsonAsync<JsonNode>("api/orders", Stop);
        Assert.Single(orders!["data"]!.AsArray());
    }

    private static async Task<JsonNode> AssertProblemAsync(HttpStatusCode expected, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(expected == response.StatusCode, $"Expected {expected}, got {response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)expected, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        return problem;
    }

    private static async Task AssertBasketIsEmptyAsync(Shopper shopper)
    {
        var basket = await shopper.Api.GetFromJsonAsync<JsonNode>("api/basket", Stop);
        Assert.Empty(basket!["lines"]!.AsArray());
    }
}

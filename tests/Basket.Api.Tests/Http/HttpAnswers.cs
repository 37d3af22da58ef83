using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Basket.Api.Tests.Http;

internal static class HttpAnswers
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> PutItemAsync(this HttpClient http, int productId, object? quantity) =>
        http.PutAsJsonAsync($"api/basket/items/{productId}", new { quantity }, Stop);

    public static Task<HttpResponseMessage> AddItemAsync(this HttpClient http, int productId, int quantity) =>
        http.PostAsJsonAsync("api/basket/items", new { productId, quantity }, Stop);

    public static async Task AddAsync(this HttpClient http, int productId, int quantity)
    {
        using var response = await http.PutItemAsync(productId, quantity);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    public static async Task<JsonNode> BasketAsync(this HttpClient http) => (await http.GetFromJsonAsync<JsonNode>("api/basket", Stop))!;

    public static async Task<JsonNode> LineAsync(this HttpClient http, int productId) =>
        (await http.BasketAsync())["lines"]!.AsArray().Single(line => (int)line!["productId"]! == productId)!;

    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.StatusCode == expected, $"Expected {expected}, got {response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)expected, (int)problem["status"]!);
        return problem;
    }

    public static Task<HttpResponseMessage> CheckOutAsync(this HttpClient http, string? key, object? body = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/basket/checkout") { Content = JsonContent.Create(body ?? Checkout()) };

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return http.SendAsync(request, Stop);
    }

    public static object Checkout(
        string number = "4242 4242 4242 4242", string city = "Porto", decimal? expectedTotal = null, string name = "Ada Lovelace") => new
    {
        buyerName = name,
        buyerEmail = "ada@example.com",
        shippingAddress = new { street = "1 Harbour Road", city, country = "Portugal", zipCode = "4000-001" },
        card = new { number, holder = name, expiration = "12/40", securityCode = "123" },
        expectedTotal,
    };
}

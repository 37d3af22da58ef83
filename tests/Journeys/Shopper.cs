using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Journeys;

/// <summary>A person with a token, and what they do over HTTP.</summary>
public sealed class Shopper
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Shopper(Shop shop, string token)
    {
        Token = token;
        Api = new HttpClient
        {
            BaseAddress = shop.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    /// <summary>All public routes, through the gateway.</summary>
    public HttpClient Api { get; }

    public string Token { get; }

    /// <param name="guest">Who the person was until now; null for a new one.</param>
    public static async Task<Shopper> FromTokenEndpointAsync(
        Shop shop, string path, object? body, CancellationToken cancellationToken, Shopper? guest = null)
    {
        using var http = new HttpClient { BaseAddress = shop.Address };
        http.DefaultRequestHeaders.Authorization = guest is null ? null : new AuthenticationHeaderValue("Bearer", guest.Token);
        using var response = body is null
            ? await http.PostAsync(path, content: null, cancellationToken)
            : await http.PostAsJsonAsync(path, body, cancellationToken);
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        return new Shopper(shop, (string)token!["accessToken"]!);
    }

    public async Task PutIntoBasketAsync(int productId, int quantity, CancellationToken cancellationToken)
    {
        using var response = await Api.PostAsJsonAsync("api/basket/items", new { productId, quantity }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> CheckOutAsync(string cardNumber, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/basket/checkout")
        {
            Headers = { { "Idempotency-Key", idempotencyKey } },
            Content = JsonContent.Create(new
            {
                buyerName = "Ada Journey",
                buyerEmail = "ada@example.com",
                shippingAddress = new { street = "1 Harbour Road", city = "Porto", country = "Portugal", zipCode = "4000-001" },
                card = new { number = cardNumber, holder = "Ada Journey", expiration = "12/40", securityCode = "123" },
            }),
        };
        return Api.SendAsync(request, cancellationToken);
    }

    /// <summary>Buys, and returns the order's address from the header <c>Location</c>.</summary>
    public async Task<Uri> BuyAsync(int productId, int quantity, string cardNumber, CancellationToken cancellationToken)
    {
        await PutIntoBasketAsync(productId, quantity, cancellationToken);
        using var response = await CheckOutAsync(cardNumber, Guid.NewGuid().ToString(), cancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!;
    }

    public Task<JsonNode> OrderReachesAsync(Uri order, string status, CancellationToken cancellationToken) =>
        EventuallyAsync(Api, order, json => (string?)json["status"] == status, cancellationToken);

    /// <summary>Repeats the request until the response is as expected. The failure quotes the last response.</summary>
    public static async Task<JsonNode> EventuallyAsync(
        HttpClient http, Uri address, Func<JsonNode, bool> isExpected, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        var last = "no answer yet";

        while (!deadline.IsCancellationRequested)
        {
            using var response = await http.GetAsync(address, cancellationToken);
            last = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}";

            if (response.IsSuccessStatusCode && JsonNode.Parse(last[4..]) is { } json && isExpected(json))
            {
                return json;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        throw new TimeoutException($"{address} did not answer as expected within {Patience.TotalSeconds} s. Last answer: {last}");
    }
}

using System.Buffers.Text;
using System.Globalization;
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

    /// <summary>The subject of the token.</summary>
    public string Id => (string)JsonNode.Parse(Base64Url.DecodeFromChars(Token.Split('.')[1]))!["sub"]!;

    public async Task<JsonNode> GetAsync(Uri address, CancellationToken cancellationToken) =>
        (await Api.GetFromJsonAsync<JsonNode>(address, cancellationToken))!;

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        GetAsync(new Uri(path, UriKind.Relative), cancellationToken);

    /// <summary>The number of an order, as in SH-10042. Ordering takes the next one when it handles a checkout.</summary>
    public async Task<int> NumberOfAsync(Uri order, CancellationToken cancellationToken)
    {
        var number = (string)(await GetAsync(order, cancellationToken))["number"]!;
        return int.Parse(number.AsSpan(number.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
    }

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

    /// <param name="basket">The service itself; null for the gateway.</param>
    public Task<HttpResponseMessage> CheckOutAsync(
        string cardNumber, string idempotencyKey, CancellationToken cancellationToken, Uri? basket = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(basket ?? Api.BaseAddress!, "api/basket/checkout"))
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

    /// <summary>
    /// Repeats the request until the order has the status. For outages, in which Flows may miss spans of a stopped part. The failure quotes
    /// the last response.
    /// </summary>
    public async Task OrderReachesAsync(Uri order, string status, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        var last = "no answer yet";

        while (!deadline.IsCancellationRequested)
        {
            using var response = await Api.GetAsync(order, cancellationToken);
            last = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}";

            if (response.IsSuccessStatusCode && (string?)JsonNode.Parse(last[4..])!["status"] == status)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        throw new TimeoutException($"{order} was not {status} within {Patience.TotalSeconds} s. Last answer: {last}");
    }
}

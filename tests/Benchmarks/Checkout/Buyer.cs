using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Benchmarks.Checkout;

/// <summary>A guest who buys again and again, through the gateway.</summary>
internal sealed class Buyer : IDisposable
{
    private static int _number;

    private readonly HttpClient _http;
    private readonly IReadOnlyList<int> _products;

    private Buyer(HttpClient http, IReadOnlyList<int> products) => (_http, _products) = (http, products);

    public static async Task<Buyer> ComeAsync(Uri shop, IReadOnlyList<int> products, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = shop };
        using var answer = await http.PostAsync("api/identity/guest", content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["accessToken"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Buyer(http, products);
    }

    /// <summary>Fills a basket and checks out; measures the checkout and what follows.</summary>
    public async Task<Purchase> BuyAsync(OrderEvents events, CancellationToken cancellationToken)
    {
        var product = _products[(int)((uint)Interlocked.Increment(ref _number) % _products.Count)];
        using var added = await _http.PostAsJsonAsync("api/basket/items", new { productId = product, quantity = 1 }, cancellationToken);
        added.EnsureSuccessStatusCode();
        using var checkout = new HttpRequestMessage(HttpMethod.Post, "api/basket/checkout")
        {
            Headers = { { "Idempotency-Key", $"{Guid.NewGuid()}" } },
            Content = JsonContent.Create(new
            {
                buyerName = "Bench Mark",
                buyerEmail = "bench@example.com",
                shippingAddress = new { street = "1 Harbour Road", city = "Porto", country = "Portugal", zipCode = "4000-001" },
                card = new { number = "4242424242424242", holder = "Bench Mark", expiration = "12/40", securityCode = "123" },
            }),
        };
        var started = Stopwatch.GetTimestamp();
        using var accepted = await _http.SendAsync(checkout, cancellationToken);
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        accepted.EnsureSuccessStatusCode();
        var outcome = await events.OfAsync(accepted.Headers.Location!.OriginalString.Split('/')[^1], cancellationToken);
        return outcome.IsPaid
            ? new Purchase(took, Stopwatch.GetElapsedTime(started, outcome.ReceivedAt).TotalMilliseconds, outcome)
            : throw new InvalidOperationException($"Product {product} was sold out.");
    }

    public void Dispose() => _http.Dispose();
}

/// <param name="Accepted">Milliseconds until the checkout was answered.</param>
/// <param name="Paid">Milliseconds from the checkout's request to the event that the order is paid.</param>
/// <param name="Outcome">Where the time went.</param>
internal sealed record Purchase(double Accepted, double Paid, Outcome Outcome);

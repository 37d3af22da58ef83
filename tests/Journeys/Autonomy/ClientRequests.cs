using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace Journeys.Autonomy;

/// <summary>
/// What clients ask each service for. The requests go to the service itself, because a client of an API depends on nothing else.
/// </summary>
internal sealed class ClientRequests : IDisposable
{
    private const int Product = 41;
    private const string Database = "its database";
    private const string Server = "the server of its database";
    private const string Page = "WebApp asks it over HTTP, as any client does; the page says what is missing";

    private readonly HttpClient _pages;
    private readonly ConcurrentQueue<Uri> _toCancel = new();
    private readonly Shopper _buyer;
    private readonly Shop _shop;

    private ClientRequests(Shop shop, Shopper buyer, HttpClient pages) => (_shop, _buyer, _pages) = (shop, buyer, pages);

    public IReadOnlyList<Request> All { get; private set; } = [];

    /// <summary>The orders that were accepted, and the status that each must reach.</summary>
    public ConcurrentQueue<(Uri Order, string Status)> Accepted { get; } = new();

    public static async Task<ClientRequests> PrepareAsync(Shop shop, CancellationToken cancellationToken)
    {
        var account = new { email = $"{Guid.NewGuid():n}@example.com", password = "Correct-horse-1" };
        var admin = await shop.AdminAsync(cancellationToken);
        await Servers.NewAccount.OpenAsync(
            shop.Address, shop.AddressOf("mail-sink"), admin.Token, account.email, account.password, "Ada Journey", cancellationToken);
        var buyer = await shop.GuestAsync(cancellationToken);
        var pages = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = shop.Address };
        var requests = new ClientRequests(shop, buyer, pages);
        var product = await admin.GetAsync($"api/catalog/items/{Product}", cancellationToken);

        var catalog = new Dictionary<string, string> { ["catalogdb"] = Database, ["postgres"] = Server };
        var basket = new Dictionary<string, string> { ["basketstore"] = Database };
        var ordering = new Dictionary<string, string> { ["orderingdb"] = Database, ["postgres"] = Server };
        var identity = new Dictionary<string, string> { ["identitydb"] = Database, ["postgres"] = Server };
        var catalogPage = new Dictionary<string, string> { ["catalog-api"] = Page, ["catalogdb"] = Page, ["postgres"] = Page };
        var basketPage = new Dictionary<string, string> { ["basket-api"] = Page, ["basketstore"] = Page };
        requests.All =
        [
            new("catalog-api", "list products", catalog, Times: 20, stop => requests.GetAsync("catalog-api", "api/catalog/items", stop)),
            new("catalog-api", "change a product", catalog, Times: 5, stop => SendAsync(
                admin, shop.AddressOf("catalog-api"), HttpMethod.Put, $"api/catalog/items/{Product}", product, stop)),
            new("basket-api", "show a basket", basket, Times: 20, stop => requests.GetAsync("basket-api", "api/basket", stop)),
            new("basket-api", "fill and check out", basket, Times: 5, requests.CheckOutAsync),
            new("ordering-api", "list orders", ordering, Times: 20, stop => requests.GetAsync("ordering-api", "api/orders", stop)),
            new("ordering-api", "cancel an order", ordering, Times: 3, requests.CancelAsync),
            new("webapp", "sign in", identity, Times: 5, stop => pages.PostAsJsonAsync("api/identity/token", account, stop)),
            new("webapp", "front page", catalogPage, Times: 20, stop => pages.GetAsync("", stop)),
            new("webapp", "page of a product", catalogPage, Times: 20, stop => pages.GetAsync($"products/{Product}", stop)),
            new("webapp", "page of the basket", basketPage, Times: 20, stop => pages.GetAsync("basket", stop)),
        ];
        return requests;
    }

    /// <summary>Buys the orders that are cancelled during the next outage.</summary>
    public async Task PrepareOutageAsync(CancellationToken cancellationToken)
    {
        while (_toCancel.Count < All.Single(request => request.Name == "cancel an order").Times)
        {
            var order = await _buyer.BuyAsync(Product, 1, Cards.Good, cancellationToken);
            await _buyer.OrderReachesAsync(order, "Paid", cancellationToken);
            _toCancel.Enqueue(order);
        }
    }

    /// <summary>Everything that was accepted is completed.</summary>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (Accepted.TryDequeue(out var accepted))
        {
            await _buyer.OrderReachesAsync(accepted.Order, accepted.Status, cancellationToken);
            count++;
        }

        return count;
    }

    public void Dispose() => _pages.Dispose();

    private Task<HttpResponseMessage> GetAsync(string service, string path, CancellationToken cancellationToken) =>
        SendAsync(_buyer, _shop.AddressOf(service), HttpMethod.Get, path, body: null, cancellationToken);

    private async Task<HttpResponseMessage> CheckOutAsync(CancellationToken cancellationToken)
    {
        var basket = _shop.AddressOf("basket-api");
        var added = await SendAsync(
            _buyer, basket, HttpMethod.Post, "api/basket/items", new JsonObject { ["productId"] = Product, ["quantity"] = 1 },
            cancellationToken);
        if (!added.IsSuccessStatusCode)
        {
            return added;
        }

        added.Dispose();
        var accepted = await _buyer.CheckOutAsync(Cards.Good, $"{Guid.NewGuid()}", cancellationToken, basket);
        if (accepted.StatusCode is HttpStatusCode.Accepted)
        {
            Accepted.Enqueue((accepted.Headers.Location!, "Paid"));
        }

        return accepted;
    }

    private async Task<HttpResponseMessage> CancelAsync(CancellationToken cancellationToken)
    {
        Assert.True(_toCancel.TryDequeue(out var order));
        var path = order.OriginalString.TrimStart('/');
        var answer = await SendAsync(
            _buyer, _shop.AddressOf("ordering-api"), HttpMethod.Post, $"{path}/cancel", body: null, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            Accepted.Enqueue((order, "Cancelled"));
        }

        return answer;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Shopper shopper, Uri service, HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(service, path))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        return await shopper.Api.SendAsync(request, cancellationToken);
    }
}

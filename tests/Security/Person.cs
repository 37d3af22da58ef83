using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Servers;

namespace Security;

/// <summary>Somebody who sends requests with an access token, the cookie of a sign-in, or both.</summary>
public sealed partial class Person : IDisposable
{
    public const string GoodCard = "4242424242424242";
    private const string Password = "Correct-horse-battery-1";

    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };

    private Person(string role)
    {
        Role = role;
        Http = new HttpClient(_handler);
    }

    public string Role { get; }

    /// <summary>Follows no redirect.</summary>
    public HttpClient Http { get; }

    public string? Token
    {
        get => Http.DefaultRequestHeaders.Authorization?.Parameter;
        private init => Http.DefaultRequestHeaders.Authorization = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    public static Person Anonymous() => new("anonymous");

    public static Person With(string role, string token) => new(role) { Token = token };

    public static async Task<Person> GuestAsync(Uri shop, CancellationToken cancellationToken)
    {
        using var anyone = new HttpClient { BaseAddress = shop };
        using var response = await anyone.PostAsync("api/identity/guest", content: null, cancellationToken);
        return With("guest", await TokenOfAsync(response, cancellationToken));
    }

    /// <summary>A new account, signed in.</summary>
    public static async Task<Person> UserAsync(RunningShop shop, string role, CancellationToken cancellationToken)
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        using var admin = await AdminAsync(shop.Gateway, cancellationToken);
        await NewAccount.OpenAsync(shop.Gateway, shop.AddressOf("mail-sink"), admin.Token!, email, Password, "Ada", cancellationToken);
        return await SignInAsync(shop.Gateway, role, email, Password, cancellationToken);
    }

    public static Task<Person> AdminAsync(Uri shop, CancellationToken cancellationToken) =>
        SignInAsync(shop, "admin", "admin@shop.localhost", RunningShop.AdminPassword, cancellationToken);

    /// <summary>Buys one piece and returns the order's id.</summary>
    public async Task<Guid> BuyAsync(Uri shop, CancellationToken cancellationToken)
    {
        using var added = await Http.PostAsJsonAsync(
            new Uri(shop, "api/basket/items"), new { productId = 1, quantity = 1 }, cancellationToken);
        added.EnsureSuccessStatusCode();
        using var checkout = new HttpRequestMessage(HttpMethod.Post, new Uri(shop, "api/basket/checkout"))
        {
            Headers = { { "Idempotency-Key", $"{Guid.NewGuid()}" } },
            Content = JsonContent.Create(new
            {
                buyerName = "Ada",
                buyerEmail = "ada@example.com",
                shippingAddress = new { street = "1 Harbour Road", city = "Porto", country = "Portugal", zipCode = "4000-001" },
                card = new { number = GoodCard, holder = "Ada", expiration = "12/40", securityCode = "123" },
            }),
        };
        using var accepted = await Http.SendAsync(checkout, cancellationToken);
        accepted.EnsureSuccessStatusCode();
        return Guid.Parse(accepted.Headers.Location!.OriginalString.Split('/')[^1]);
    }

    /// <summary>Waits until Ordering shows the order to this person.</summary>
    public Task SeesAsync(Uri shop, Guid order) => Eventually.TrueAsync(
        async () =>
        {
            using var response = await Http.GetAsync(new Uri(shop, $"api/orders/{order}"), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        },
        $"{Role} sees order {order}");

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    private static async Task<Person> SignInAsync(
        Uri shop, string role, string email, string password, CancellationToken cancellationToken)
    {
        using var anyone = new HttpClient { BaseAddress = shop };
        using var response = await anyone.PostAsJsonAsync("api/identity/token", new { email, password }, cancellationToken);
        var person = With(role, await TokenOfAsync(response, cancellationToken));
        var page = await person.Http.GetStringAsync(new Uri(shop, "sign-in"), cancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = AntiforgeryToken().Match(page).Groups[1].Value,
            ["Form.Email"] = email,
            ["Form.Password"] = password,
        });
        using var signedIn = await person.Http.PostAsync(new Uri(shop, "sign-in"), form, cancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, signedIn.StatusCode);
        return person;
    }

    private static async Task<string> TokenOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["accessToken"]!;
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex AntiforgeryToken();
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>Guesses at passwords are limited, and nobody can lock another person out.</summary>
public sealed class GuessTests(TestServers servers)
{
    private const string Attacker = "203.0.113.7";
    private const string Owner = "198.51.100.9";
    private const int AtOnce = 10;

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guesses_AtTheSameTimeAtTwoReplicas_AreAllCounted()
    {
        await using var shop = await OpenAsync();
        await using var replica = shop.OpenReplica();
        using var http = From(shop, Attacker);
        using var other = From(replica, Attacker);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => GuessAsync(number % 2 == 0 ? http : other)));

        Assert.Equal(AtOnce, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.Unauthorized),
            answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GuessAsync(http, password: Shop.AdminPassword)).Status);
    }

    [Theory]
    [InlineData(Shop.AdminEmail)]
    [InlineData("nobody@example.com")]
    public async Task TooManyGuesses_AreRefusedWithTheTimeToWait_ThenOneMoreIsAllowed(string email)
    {
        await using var shop = await OpenAsync();
        using var http = From(shop, Attacker);
        var browser = new Browser(shop, Attacker);
        for (var guess = 0; guess < AtOnce; guess++)
        {
            await GuessAsync(http, email);
        }

        var refused = await GuessAsync(http, email);
        using var page = await browser.SignInAsync(email, "wrong");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.Equal("Too many attempts. Try again in 3 minutes.", refused.Detail);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.InRange(page.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.Contains("Try again in 3 minutes.", browser.Html, StringComparison.Ordinal);

        shop.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(http, email)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GuessAsync(http, email)).Status);
    }

    [Fact]
    public async Task GuessesOfOneClient_DoNotLockAnotherOneOut()
    {
        await using var shop = await OpenAsync();
        using var http = From(shop, Attacker);
        for (var guess = 0; guess < 2 * AtOnce; guess++)
        {
            await GuessAsync(http);
        }

        using var signedIn = await new Browser(shop, Owner).SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Fact]
    public async Task GuessesOfManyClients_AreLimitedTogether_AndABrowserThatKnowsTheAccountStillSignsIn()
    {
        await using var shop = await OpenAsync();
        var known = new Browser(shop, Owner);
        await known.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await known.GetAsync("/account");
        await known.SubmitAsync("/sign-out");

        using var attack = shop.CreateClient();
        List<Answer> answers = [];
        foreach (var clients in Enumerable.Range(0, 104).Chunk(8))
        {
            answers.AddRange(await Task.WhenAll(clients.Select(client => GuessAsync(attack, from: $"2001:db8:{client:x}::1"))));
        }

        using var stranger = await new Browser(shop, "198.51.100.10").SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        using var owner = await known.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        Assert.Equal(100, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.TooManyRequests, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.Found, owner.StatusCode);
    }

    [Fact]
    public async Task KnownBrowser_IsLimitedToo()
    {
        await using var shop = await OpenAsync();
        var thief = new Browser(shop, Owner);
        await thief.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        List<HttpStatusCode> answers = [];

        for (var guess = 0; guess < 12; guess++)
        {
            using var page = await thief.SignInAsync(Shop.AdminEmail, "wrong");
            answers.Add(page.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task OneClientThatTriesManyAccounts_IsRefused_AlsoFromOtherAddressesOfItsNetwork()
    {
        await using var shop = await OpenAsync();
        using var http = shop.CreateClient();
        List<Answer> answers = [];
        foreach (var accounts in Enumerable.Range(0, 56).Chunk(8))
        {
            answers.AddRange(await Task.WhenAll(
                accounts.Select(account => GuessAsync(http, $"person{account}@example.com", from: $"2001:db8:1:2::{account:x}"))));
        }

        Assert.Equal(50, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(http, "more@example.com", from: "2001:db8:1:3::1")).Status);
    }

    [Fact]
    public async Task ClientThatRegistersAddressesThatExist_IsRefused()
    {
        await using var shop = await OpenAsync();
        using var http = From(shop, Attacker);
        var taken = new { email = Shop.AdminEmail, password = "a few good words", name = "Ada" };
        List<HttpStatusCode> answers = [];

        for (var attempt = 0; attempt < 52; attempt++)
        {
            using var response = await http.PostAsJsonAsync("/api/identity/register", taken, Stop);
            answers.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Accepted, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/register")]
    public async Task Form_SentTooOften_IsAnsweredByAPage_AndCountsPerNetwork(string path)
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["Identity:RequestsPerMinute"] = "2");
        var answers = new List<HttpStatusCode>();
        var browser = new Browser(shop);

        foreach (var address in new[] { "2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2::3", "2001:db8:1:3::1" })
        {
            browser = new Browser(shop, address);
            await browser.GetAsync(path);
            using var response = await browser.SubmitAsync(
                path, ("Form.Name", ""), ("Form.Email", "ada@example.com"), ("Form.Password", ""));
            answers.Add(response.StatusCode);
            Assert.Equal(response.StatusCode is HttpStatusCode.TooManyRequests, response.Headers.RetryAfter is not null);
            Assert.Equal(
                response.StatusCode is HttpStatusCode.TooManyRequests,
                browser.Html.Contains("That was too often", StringComparison.Ordinal));
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], answers);
    }

    /// <summary>A shop in which no time passes, so that a slow machine frees no counter.</summary>
    private async Task<Shop> OpenAsync()
    {
        var shop = await Shop.OpenAsync(servers);
        shop.Clock.Freeze();
        return shop;
    }

    private static HttpClient From(Shop shop, string address)
    {
        var http = shop.CreateClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return http;
    }

    private static async Task<Answer> GuessAsync(
        HttpClient http, string email = Shop.AdminEmail, string password = "wrong", string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/identity/token")
        {
            Content = JsonContent.Create(new { email, password }),
        };
        if (from is not null)
        {
            request.Headers.Add("X-Forwarded-For", from);
        }

        using var response = await http.SendAsync(request, Stop);
        var problem = await response.Content.ReadFromJsonAsync<JsonNode>(Stop);
        return new Answer(response.StatusCode, response.Headers.RetryAfter?.Delta, (string?)problem?["detail"]);
    }

    private sealed record Answer(HttpStatusCode Status, TimeSpan? RetryAfter, string? Detail);
}

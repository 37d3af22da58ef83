using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventBus.Testing;

namespace Ordering.Api.Tests.Orders;

/// <summary>Buyers without an account find their order again: by number and e-mail address, or by the key in the link of a mail.</summary>
public sealed class FindOrderTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_ByNumberAndAddress_IsFound_AndItsKeyShowsAndCancelsIt()
    {
        var checkout = await _app.OrderInAsync("Submitted");
        var number = await NumberAsync(checkout.OrderId);
        using var stranger = From("192.0.2.1");

        using var answer = await stranger.PostAsJsonAsync(
            "api/orders/find", new { number = number[3..], email = " ADA@example.com" }, Stop);
        var found = (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;

        Assert.Equal((checkout.OrderId, number), ((Guid)found["id"]!, (string)found["number"]!));
        Assert.Null(await stranger.SeeAsync(checkout.OrderId));
        stranger.DefaultRequestHeaders.Add("Order-Key", (string)found["key"]!);
        Assert.Equal("Ada Buyer", (string)(await stranger.SeeAsync(checkout.OrderId))!["buyerName"]!);
        using var cancelled = await stranger.PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop);
        var order = (await cancelled.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Equal("cancelledByBuyer", (string)order["cancelReasonCode"]!);
    }

    [Fact]
    public async Task Key_OpensOnlyItsOwnOrder_AndOnlyAsAWhole()
    {
        var (mine, other) = (await _app.OrderInAsync("Submitted"), await _app.OrderInAsync("Submitted"));
        var key = (await _app.World.ReadAsync<string>($"select access_key from orders where id = '{mine.OrderId}'"))!;
        Assert.True(key.Length >= 32);

        foreach (var (order, guess) in new[]
        {
            (other.OrderId, key), (mine.OrderId, key[..^1]), (mine.OrderId, key + "A"), (mine.OrderId, key.ToLowerInvariant()),
            (mine.OrderId, "-"),
        })
        {
            using var http = _app.As(Guid.NewGuid());
            http.DefaultRequestHeaders.Add("Order-Key", guess);

            Assert.Null(await http.SeeAsync(order));
            using var cancelled = await http.PostAsync($"api/orders/{order}/cancel", content: null, Stop);
            using var shipped = await http.PostAsync($"api/orders/{order}/ship", content: null, Stop);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (cancelled.StatusCode, shipped.StatusCode));
        }
    }

    [Fact]
    public async Task UnknownNumber_AndWrongAddress_GetTheSameAnswer()
    {
        var checkout = await _app.OrderInAsync("Submitted");
        var number = await NumberAsync(checkout.OrderId);
        using var http = From("192.0.2.2");

        var answers = new List<string>();
        foreach (var body in new[]
        {
            new { number, email = "eve@example.com" }, new { number = "SH-999999999", email = "ada@example.com" },
            new { number = "no number", email = "ada@example.com" },
        })
        {
            using var answer = await http.PostAsJsonAsync("api/orders/find", body, Stop);
            var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
            problem.Remove("traceId");
            answers.Add($"{answer.StatusCode} {problem.ToJsonString()}");
        }

        Assert.Single(answers.Distinct());
        Assert.StartsWith("NotFound", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_ThatAreMissing_AreNamed()
    {
        using var answer = await From("192.0.2.3").PostAsJsonAsync("api/orders/find", new { }, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["errors"]!.AsObject();
        Assert.Equal(["email", "number"], errors.Select(error => error.Key).Order());
    }

    [Fact]
    public async Task Guesses_OfOneNetwork_AreLimited_AlsoInParallel_AndOthersAreNot()
    {
        var order = await _app.OrderInAsync("Submitted");
        var number = await NumberAsync(order.OrderId);
        using var http = From("192.0.2.4");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(
            guess => http.PostAsJsonAsync(
                "api/orders/find", new { number = $"{900_000_000 + guess}", email = $"{guess}@example.com" }, Stop)));

        Assert.Equal(20, answers.Count(answer => answer.StatusCode is HttpStatusCode.NotFound));
        Assert.All(answers.Where(answer => answer.StatusCode is not HttpStatusCode.NotFound), refused =>
            Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, refused.Headers.RetryAfter?.Delta > TimeSpan.Zero)));
        using var right = await http.PostAsJsonAsync("api/orders/find", new { number, email = "ada@example.com" }, Stop);
        using var elsewhere = await From("192.0.2.5").PostAsJsonAsync("api/orders/find", new { number, email = "ada@example.com" }, Stop);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (right.StatusCode, elsewhere.StatusCode));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData("number")]
    [InlineData("address")]
    public async Task Guesses_OfManyNetworks_AtOneNumberOrAddress_AreLimited(string target)
    {
        var name = $"{Guid.NewGuid():n}";
        var statuses = new List<HttpStatusCode>();

        for (var network = 0; network < 21; network++)
        {
            using var http = From($"198.51.100.{network}");
            var body = target == "number"
                ? new { number = "SH-900000099", email = $"{network}.{name}@example.com" }
                : new { number = $"SH-{800_000_000 + network}", email = $"{name}@example.com" };
            using var answer = await http.PostAsJsonAsync("api/orders/find", body, Stop);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.NotFound, 20), HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Guesses_OfManyNetworks_WithTextsThatAreNoNumber_AreNotLimitedTogether()
    {
        for (var network = 0; network < 21; network++)
        {
            using var http = From($"203.0.113.{network}");
            using var answer = await http.PostAsJsonAsync(
                "api/orders/find", new { number = "SH-4821O", email = $"{Guid.NewGuid():n}@example.com" }, Stop);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Guesses_AtSeveralReplicas_CountTogether()
    {
        var servers = await SharedServers.GetAsync(Stop);
        var database = await servers.CreateDatabaseAsync(Stop);
        await using var first = await OrderingApp.StartAsync(database, new InMemoryBroker(), Stop);
        await using var second = await OrderingApp.StartAsync(database, new InMemoryBroker(), Stop);
        var statuses = new List<HttpStatusCode>();

        for (var guess = 0; guess < 21; guess++)
        {
            using var http = (guess % 2 == 0 ? first : second).As(Guid.NewGuid());
            using var answer = await http.PostAsJsonAsync("api/orders/find", new { number = "1", email = $"{guess}@example.com" }, Stop);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.NotFound, 20), HttpStatusCode.TooManyRequests], statuses);
    }

    private async Task<string> NumberAsync(Guid order) =>
        $"SH-{await _app.World.ReadAsync<int>($"select number from orders where id = '{order}'")}";

    private HttpClient From(string address)
    {
        var http = _app.As(Guid.NewGuid());
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return http;
    }
}

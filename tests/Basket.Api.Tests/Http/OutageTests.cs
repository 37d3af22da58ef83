using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Basket.Api.Tests.Http;

public sealed class OutageTests(SharedApp shared)
{
    private const string Nowhere = "127.0.0.1:1,connectTimeout=300,asyncTimeout=500,syncTimeout=500";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RedisAndBrokerDown_ServiceStartsAndAnswers503WithinThreeSeconds()
    {
        await using var factory = BasketApp.CreateFactory(shared.App.Tokens, "127.0.0.1:1", "amqp://guest:guest@127.0.0.1:1");
        using var http = factory.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shared.App.Tokens.User(Guid.NewGuid()));
        using var alive = await http.GetAsync("alive", Stop);

        var started = Stopwatch.GetTimestamp();
        using var basket = await http.GetAsync("api/basket", Stop);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Limit);
        started = Stopwatch.GetTimestamp();
        using var health = await http.GetAsync("health", Stop);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Limit);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        await basket.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(basket.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task BrokerDown_BasketsAndCheckoutGoOn()
    {
        var store = shared.App.Redis.Configuration;
        await using var factory = BasketApp.CreateFactory(shared.App.Tokens, store, "amqp://guest:guest@127.0.0.1:1");
        using var http = factory.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shared.App.Tokens.User(Guid.NewGuid()));
        var product = await shared.App.NewProductAsync(3m, 10, Stop);

        await http.AddAsync(product, 1);
        using var answer = await http.CheckOutAsync("key");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData("Tokens:PublicKey", "")]
    [InlineData("Tokens:PublicKey", "bm90IGEga2V5")]
    public void MissingSetting_EndsTheStartWithItsName(string setting, string value)
    {
        using var broken = BasketApp.CreateFactory(shared.App.Tokens, Nowhere, "amqp://guest:guest@127.0.0.1:1", (setting, value));

        var fault = Assert.Throws<OptionsValidationException>(broken.StartServer);

        Assert.Contains(setting, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyRequests_AreAnsweredWithRetryAfter()
    {
        await using var factory = BasketApp.CreateFactory(
            shared.App.Tokens, Nowhere, "amqp://guest:guest@127.0.0.1:1", ("RateLimits:Burst", "3"), ("RateLimits:RequestsPerSecond", "1"));
        using var http = factory.CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => http.GetAsync("openapi/v1.json", Stop)));
        var limited = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        using var health = await http.GetAsync("alive", Stop);

        Assert.NotEmpty(limited);
        await limited[0].ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.NotNull(limited[0].Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }
}

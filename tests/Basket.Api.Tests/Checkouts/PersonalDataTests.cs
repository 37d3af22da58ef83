using System.Net;
using System.Net.Http.Json;
using Basket.Api.Tests.Http;
using Microsoft.AspNetCore.TestHost;

namespace Basket.Api.Tests.Checkouts;

/// <summary>What the service logs and exports about its buyers.</summary>
public sealed class PersonalDataTests(SharedApp shared)
{
    private const string Mark = "PII-MARK";
    private const string Number = "5555 5555 5555 4444";

    private static readonly string[] Secrets =
        [Mark, Number, Number.Replace(" ", "", StringComparison.Ordinal), "Bearer ey"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkout_ThatWorksOrFails_PutsNothingPersonalIntoLogsAndSpans()
    {
        var telemetry = new CapturedTelemetry();
        await using var factory = BasketApp.CreateFactory(
            shared.App.Tokens, shared.App.Redis.Configuration, await shared.Servers.CreateVirtualHostAsync(Stop),
            ("services:catalog-api:http:0", shared.App.Catalog.Address))
            .WithWebHostBuilder(builder => builder.ConfigureTestServices(telemetry.AddTo));
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        var product = await shared.App.NewProductAsync(3m, 10, Stop);
        using var plain = factory.CreateClient();

        // Without a span of the client, which would be the parent of the server's, and is not sampled.
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = plain.BaseAddress };
        var claims = TestTokens.Claims(Guid.NewGuid(), ("name", $"{Mark} Token"), ("email", $"{Mark}@token.example"));
        http.DefaultRequestHeaders.Authorization = new("Bearer", shared.App.Tokens.Sign(claims));

        await http.AddAsync(product, 1);
        using var wrongType = await http.PostAsJsonAsync("api/basket/items", new { productId = Mark, quantity = Mark }, Stop);
        using var refused = await http.CheckOutAsync("key", Marked($"{Mark} is no address", $"{Number}1"));
        using var wrongKey = await http.CheckOutAsync(null, Marked($"{Mark}@example.com", Number));
        using var accepted = await http.CheckOutAsync("key", Marked($"{Mark}@example.com", Number));
        using var reused = await http.CheckOutAsync("key", Marked($"{Mark}2@example.com", Number));

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Accepted,
                HttpStatusCode.UnprocessableEntity],
            new[] { wrongType, refused, wrongKey, accepted, reused }.Select(answer => answer.StatusCode));
        await telemetry.SpansAsync(spans => spans.Count(span => span.GetTagItem("http.route") is "/api/basket/checkout") == 4);
        Assert.Contains(telemetry.Lines, line => line.Category.StartsWith("Microsoft.AspNetCore.Hosting", StringComparison.Ordinal));
        Assert.Empty(telemetry.Find(Secrets));
    }

    private static object Marked(string email, string number) => new
    {
        buyerName = $"{Mark} Ada",
        buyerEmail = email,
        shippingAddress = new { street = $"1 {Mark} Road", city = $"{Mark} Porto", country = "Portugal", zipCode = Mark },
        card = new { number, holder = $"{Mark} Ada", expiration = "12/40", securityCode = "987" },
    };
}

using System.Net;
using System.Net.Http.Json;
using Catalog.Api.Tests.Setup;
using Contracts.Catalog;
using Contracts.Ordering;
using Microsoft.AspNetCore.TestHost;

namespace Catalog.Api.Tests.Telemetry;

/// <summary>What the service logs and exports about those who use it.</summary>
public sealed class PersonalDataTests(SharedApp shared)
{
    private const string Mark = "PII-MARK";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_ThatWorkOrFail_PutNothingPersonalIntoLogsAndSpans()
    {
        var telemetry = new CapturedTelemetry();
        using var tokens = new TestTokens();
        var messaging = await shared.Servers.CreateVirtualHostAsync(Stop);
        await using var factory = CatalogApp.CreateFactory(tokens, await shared.Servers.CreateDatabaseAsync(Stop), messaging)
            .WithWebHostBuilder(builder => builder.ConfigureTestServices(telemetry.AddTo));
        using var http = factory.CreateClient();
        await using var others = await OtherServices.ConnectAsync(messaging, Stop);
        var claims = TestTokens.Claims(Guid.NewGuid(), ("name", $"{Mark} Ada"), ("email", $"{Mark}@example.com"), ("role", "admin"));
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Sign(claims));

        using var created = await http.PostAsJsonAsync("api/catalog/items", CatalogApp.Body("Teapot"), Stop);
        using var invalid = await http.PostAsJsonAsync("api/catalog/items", CatalogApp.Body($"{Mark}\0"), Stop);
        using var unreadable = await http.PostAsJsonAsync("api/catalog/items", new { name = "Teapot", price = Mark }, Stop);
        using var missing = await http.DeleteAsync("api/catalog/items/999999", Stop);
        http.DefaultRequestHeaders.Authorization = new("Bearer", $"{Mark}.{Mark}.{Mark}");
        using var stranger = await http.DeleteAsync("api/catalog/items/1", Stop);

        // The name is what the buyer saw: it may be about a person, as in "Portrait of Ada".
        var order = new OrderPlaced(Guid.CreateVersion7(), Guid.NewGuid(), 1m, "EUR", [new OrderLine(999_999, Mark, 1m, 1)], 1);
        await others.PublishAsync(order, Stop);
        await others.ReceivesAsync<StockRejected>("catalog.stock-rejected", rejected => rejected.OrderId == order.OrderId);

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.NotFound,
                HttpStatusCode.Unauthorized],
            new[] { created, invalid, unreadable, missing, stranger }.Select(answer => answer.StatusCode));
        await telemetry.SpansAsync(spans => spans.Count(span => span.GetTagItem("http.route") is "/api/catalog/items/{id:int}") == 2);
        Assert.Empty(telemetry.Find(Mark, "Bearer ey"));
    }
}

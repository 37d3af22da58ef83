using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Flows.Tests.Scenarios;

namespace Flows.Tests.Api;

public sealed class MessageApiTests
{
    private static readonly Guid Order = Guid.Parse("01990000-0000-7000-8000-000000000004");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("type=ordering.order-paid", 1)]
    [InlineData("service=basket-api", 1)]
    [InlineData("service=catalog-api", 4)]
    [InlineData("queue=ordering.take-payment", 1)]
    [InlineData("state=Done", 6)]
    [InlineData("state=DeadLettered", 0)]
    [InlineData("q=TAKE-payment", 1)]
    [InlineData("type=ordering.order-paid&queue=basket-api", 0)]
    public async Task Messages_AreFiltered(string filter, int expected)
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        var page = await app.GetAsync($"/api/messages?{filter}");

        Assert.Equal((expected, expected), ((int)page["count"]!, page["data"]!.AsArray().Count));
        Assert.All(page["data"]!.AsArray(), message => Assert.Equal(Order.ToString(), (string)message!["flowId"]!));
    }

    [Fact]
    public async Task Pages_TogetherHaveEachMessageOnce_NewestFirst()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);
        var types = new List<string>();
        string? next = null;
        do
        {
            var page = await app.GetAsync($"/api/messages?limit=4&before={next}");
            types.AddRange(page["data"]!.AsArray().Select(message => (string)message!["type"]!));
            next = (string?)page["next"];
        }
        while (next is not null);

        Assert.Equal(
            [
                "ordering.order-shipped", "ordering.order-paid", "ordering.take-payment", "catalog.stock-reserved",
                "ordering.order-placed", "basket.basket-checked-out",
            ],
            types);
    }

    [Fact]
    public async Task Page_BeforeAnUnknownMessage_IsRefused()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        using var response = await app.Api.GetAsync("/api/messages?before=unheard-of", Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!["errors"]!["before"]);
    }
}

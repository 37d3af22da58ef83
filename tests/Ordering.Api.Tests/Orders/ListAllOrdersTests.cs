using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ordering.Api.Orders;

namespace Ordering.Api.Tests.Orders;

/// <summary>The list of administrators: search and filter.</summary>
public sealed class ListAllOrdersTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_FindsByNumberNameAndAddress_AndNothingElse()
    {
        var mark = NewMark();
        var first = await PlaceAsync($"Ada {mark} O'Hara", "one@example.com");
        var second = await PlaceAsync("Bob", $"bob_{mark}%@example.com");
        var number = await _app.World.ReadAsync<int>($"select number from orders where id = '{first}'");

        Assert.Equal([first], await FindAsync($"search=sh-{number}"));
        Assert.Equal([first], await FindAsync($"search={mark.ToUpperInvariant()} o'h"));
        Assert.Equal([second], await FindAsync($"search=bob_{mark}%25@"));
        Assert.Equal([second, first], await FindAsync($"search={mark}"));
        Assert.Equal([first], await FindAsync($"search={mark} ad"));
        Assert.Empty(await FindAsync($"search=x%25{mark}"));
        Assert.Empty(await FindAsync("search=%25"));
        Assert.Empty(await FindAsync($"search=bob1{mark}"));
    }

    [Fact]
    public async Task Digits_AreANumberOrAWord()
    {
        var named = await PlaceAsync("Buyer 0815", "buyer@example.com");
        var addressed = await PlaceAsync("Buyer", "0815@example.com");

        Assert.Equal([addressed, named], await FindAsync("search=0815"));
    }

    [Fact]
    public async Task Name_InAnyUnicodeForm_IsFound()
    {
        var mark = NewMark();
        var order = await PlaceAsync($"Zoë {mark}", "zoe@example.com");

        Assert.Equal([order], await FindAsync($"search=ZOË {mark}"));
        Assert.Equal([order], await FindAsync($"search=zoe\u0308 {mark}"));
    }

    [Fact]
    public async Task Search_ReadsAnIndex()
    {
        var plan = await _app.World.ReadAsync<string>(
            "set enable_seqscan = off; explain select * from orders "
            + $"where {ListAllOrders.SearchedText} @@ to_tsquery('simple', 'ada:*') or number = 10001");

        Assert.Contains("Bitmap Heap Scan on orders", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_FiltersTheList_AndPaidOrdersHaveTheOldestFirst()
    {
        var mark = NewMark();
        var buyer = Guid.NewGuid();
        var orders = new List<Guid>();
        foreach (var status in new[] { "Paid", "Submitted", "Paid" })
        {
            var checkout = await _app.OrderInAsync(status, buyer);
            orders.Add(checkout.OrderId);
        }

        await _app.World.ReadAsync<object>($"update orders set buyer_name = '{mark}' where buyer_id = '{buyer}'");

        Assert.Equal([orders[0], orders[2]], await FindAsync($"search={mark}&status=Paid"));
        Assert.Equal([orders[1]], await FindAsync($"search={mark}&status=Submitted"));
        Assert.Empty(await FindAsync($"search={mark}&status=Cancelled"));
        Assert.Equal([orders[2]], await FindAsync($"search={mark}&status=Paid&pageIndex=1&pageSize=1"));
    }

    [Theory]
    [InlineData("status=Lost", "status")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("search=%07", "search")]
    public async Task Query_ThatIsNotValid_IsNamed(string query, string parameter)
    {
        using var answer = await _app.AsAdmin().GetAsync($"api/orders/all?{query}", Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Contains(problem["errors"]!.AsObject(), error => string.Equals(error.Key, parameter, StringComparison.OrdinalIgnoreCase));
    }

    // No other word that the tests search for begins it.
    private static string NewMark() => $"mark{Guid.NewGuid():n}"[..12];

    private async Task<Guid> PlaceAsync(string name, string email)
    {
        var checkout = Checkouts.Of() with { BuyerName = name, BuyerEmail = email };
        await _app.World.HandledAsync(_app.CheckOut(checkout));
        return checkout.OrderId;
    }

    private async Task<Guid[]> FindAsync(string query)
    {
        using var admin = _app.AsAdmin();
        var page = (await admin.GetFromJsonAsync<JsonNode>($"api/orders/all?{query}", Stop))!;
        return [.. page["data"]!.AsArray().Select(order => (Guid)order!["id"]!)];
    }
}

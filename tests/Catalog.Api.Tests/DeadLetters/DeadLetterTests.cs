using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Catalog.Api.Tests.Setup;
using Contracts.Catalog;
using Contracts.Ordering;
using Npgsql;

namespace Catalog.Api.Tests.DeadLetters;

/// <summary>The endpoints that every service has, with a real broker. Messages fail because their handler misses a table.</summary>
public sealed class DeadLetterTests(SharedApp shared)
{
    private const string Path = "api/dead-letters/catalog-api";
    private const string Personal = "A gift for Ada";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailedMessage_IsCountedAndListed_AndOnlyAPeekShowsItsBody()
    {
        await using var app = await StartAsync();
        var order = await FailAsync(app, orders: 1);

        var letter = Assert.Single(await ListAsync(app));

        Assert.Equal(
            ("catalog-api", "ordering.order-placed", $"{order[0]}", $"{order[0]}", "handler-failed", 2),
            ((string)letter["queue"]!, (string)letter["type"]!, (string)letter["key"]!, (string)letter["conversationId"]!,
                (string)letter["reason"]!, (int)letter["attempts"]!));
        Assert.Equal("Npgsql.PostgresException", (string)letter["exceptionType"]!);
        Assert.StartsWith("Catalog.Api.Stock.", (string)letter["frame"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(Personal, letter.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, (int)(await GetAsync(app, Path))["queues"]![0]!["count"]!);

        using var peeked = await app.Admin.GetAsync($"{Path}/messages/{letter["id"]}", Stop);
        var content = JsonNode.Parse(await peeked.Content.ReadAsStringAsync(Stop))!;
        Assert.True(peeked.Headers.CacheControl!.NoStore);
        Assert.Contains(Personal, (string)content["body"]!, StringComparison.Ordinal);
        Assert.Contains("Catalog.Api.Stock", (string)content["exceptionStack"]!, StringComparison.Ordinal);
        Assert.Equal("handler-failed", (string)content["headers"]!["x-dead-letter-reason"]!);
        Assert.Equal((string)letter["id"]!, (string)content["letter"]!["id"]!);
        Assert.Single(await ListAsync(app));
    }

    [Fact]
    public async Task Group_IsReplayed_AfterADryRun_AndEachMessageIsHandledOnce()
    {
        await using var app = await StartAsync();
        var orders = await FailAsync(app, orders: 3);
        var letters = await ListAsync(app);
        var group = (string)Assert.Single(letters.Select(letter => (string)letter["group"]!).Distinct());
        await RepairAsync(app);

        var dryRun = await PostAsync(app, $"{Path}/groups/{group}/replay?dryRun=true");
        Assert.Equal(letters.Select(letter => (string)letter["id"]!).Order(), Ids(dryRun).Order());
        Assert.Equal(3, (await ListAsync(app)).Count);
        Assert.Empty(app.Others.Received<StockRejected>("catalog.stock-rejected"));

        var replays = await Task.WhenAll(
            PostAsync(app, $"{Path}/groups/{group}/replay?rate=50"), PostAsync(app, $"{Path}/groups/{group}/replay?rate=50"));

        Assert.Equal(Ids(dryRun).Order(), replays.SelectMany(Ids).Order());
        foreach (var order in orders)
        {
            await app.Others.ReceivesAsync<StockRejected>("catalog.stock-rejected", e => e.OrderId == order);
        }

        Assert.Empty(await ListAsync(app));
        Assert.Equal(3, app.Others.Received<StockRejected>("catalog.stock-rejected").Count);
        Assert.Empty(Ids(await PostAsync(app, $"{Path}/groups/{group}/replay")));
    }

    [Fact]
    public async Task OneMessage_IsReplayed_AndItsSecondFailureNamesTheFirst()
    {
        await using var app = await StartAsync();
        await FailAsync(app, orders: 2);
        var first = (await ListAsync(app))[0];

        Assert.Equal([(string)first["id"]!], Ids(await PostAsync(app, $"{Path}/messages/{first["id"]}/replay")));

        await Eventually.TrueAsync(
            async () => (await ListAsync(app)).Any(letter => (string?)letter["replayOf"] == (string)first["id"]!), "it failed again");
        using var again = await app.Admin.PostAsync($"{Path}/messages/{first["id"]}/replay", content: null, Stop);
        await again.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task EditedMessage_IsHandledWithItsNewBody_AndABodyThatCannotBeReadIsRefused()
    {
        await using var app = await StartAsync();
        var order = (await FailAsync(app, orders: 1))[0];
        var letter = (string)(await ListAsync(app))[0]["id"]!;
        var body = JsonNode.Parse((string)(await GetAsync(app, $"{Path}/messages/{letter}"))["body"]!)!.AsObject();
        await RepairAsync(app);

        foreach (var unreadable in (JsonNode?[])[null, 42, new JsonObject { ["orderId"] = "no id" }])
        {
            using var refused = await app.Admin.PostAsJsonAsync($"{Path}/messages/{letter}/replay", new { body = unreadable }, Stop);
            Assert.Equal(["body"], (await refused.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
        }

        Assert.Single(await ListAsync(app));
        var edited = Guid.NewGuid();
        body["orderId"] = edited;
        using var replayed = await app.Admin.PostAsJsonAsync($"{Path}/messages/{letter}/replay", new { body }, Stop);
        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);

        await app.Others.ReceivesAsync<StockRejected>("catalog.stock-rejected", e => e.OrderId == edited);
        Assert.DoesNotContain(app.Others.Received<StockRejected>("catalog.stock-rejected"), e => e.OrderId == order);
        Assert.Contains($"DeadLetterEdited UserId={app.AdminId} DeadLetter={letter}", app.Telemetry.Audited);
    }

    [Fact]
    public async Task DiscardedMessages_AreGone()
    {
        await using var app = await StartAsync();
        await FailAsync(app, orders: 3);
        var letters = await ListAsync(app);

        Assert.Equal([(string)letters[0]["id"]!], Ids(await DeleteAsync(app, $"{Path}/messages/{letters[0]["id"]}")));
        Assert.Equal(2, (await ListAsync(app)).Count);
        Assert.Equal(2, Ids(await DeleteAsync(app, $"{Path}/groups/{letters[0]["group"]}")).Count);

        await RepairAsync(app);
        Assert.Empty(await ListAsync(app));
        await Eventually.TrueAsync(
            async () => (int)(await GetAsync(app, Path))["queues"]![0]!["count"]! == 0, "none is counted");
        Assert.Empty(app.Others.Received<StockRejected>("catalog.stock-rejected"));
    }

    [Fact]
    public async Task WhoReadsReplaysAndDiscards_IsInTheAuditLog()
    {
        await using var app = await StartAsync();
        await FailAsync(app, orders: 3);
        var letters = await ListAsync(app);
        var (first, second, third) = ((string)letters[0]["id"]!, (string)letters[1]["id"]!, (string)letters[2]["id"]!);
        await RepairAsync(app);

        await GetAsync(app, $"{Path}/messages/{first}");
        await PostAsync(app, $"{Path}/messages/{first}/replay");
        await DeleteAsync(app, $"{Path}/messages/{second}");
        await PostAsync(app, $"{Path}/groups/{letters[2]["group"]}/replay?dryRun=true");
        await PostAsync(app, $"{Path}/groups/{letters[2]["group"]}/replay");

        var admin = app.AdminId;
        Assert.Equal(
            [
                $"DeadLettersListed UserId={admin} Count=3",
                $"DeadLetterPeeked UserId={admin} DeadLetter={first}",
                $"DeadLetterReplayed UserId={admin} DeadLetter={first}",
                $"DeadLetterDiscarded UserId={admin} DeadLetter={second}",
                $"DeadLetterReplayed UserId={admin} DeadLetter={third}",
            ],
            app.Telemetry.Audited);
    }

    [Fact]
    public async Task ReplayThatIsBrokenOff_LeavesWhatItDidInTheAuditLog()
    {
        await using var app = await StartAsync();
        await FailAsync(app, orders: 2);
        var group = (string)(await ListAsync(app))[0]["group"]!;
        await RepairAsync(app);
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var replay = app.Admin.PostAsync($"{Path}/groups/{group}/replay?rate=0.1", content: null, impatient.Token);
        await Eventually.TrueAsync(() => app.Telemetry.Audited.Any(IsReplay), "the first one is replayed");
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replay);
        Assert.Single(app.Telemetry.Audited, IsReplay);

        static bool IsReplay(string entry) => entry.StartsWith("DeadLetterReplayed", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("messages?limit=0", "limit")]
    [InlineData("messages?limit=ten", "limit")]
    [InlineData("messages?limit=10001", "limit")]
    public async Task WrongQuery_IsRefusedByName(string query, string field)
    {
        using var response = await shared.App.Admin.GetAsync($"{Path}/{query}", Stop);

        Assert.Equal([field], (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Theory]
    [InlineData("?rate=0")]
    [InlineData("?rate=NaN")]
    [InlineData("?rate=1e300")]
    public async Task WrongRate_IsRefusedByName(string query)
    {
        using var response = await shared.App.Admin.PostAsync($"{Path}/groups/none/replay{query}", content: null, Stop);

        Assert.Equal(["rate"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Fact]
    public async Task UnknownQueueAndMessage_AreNotFound()
    {
        foreach (var path in new[] { "messages?queue=basket-api", "messages/none" })
        {
            using var response = await shared.App.Admin.GetAsync($"{Path}/{path}", Stop);
            await response.ProblemAsync(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task WithoutABroker_TheAnswerIs503()
    {
        using var tokens = new TestTokens();
        await using var factory = CatalogApp.CreateFactory(
            tokens, await shared.Servers.CreateDatabaseAsync(Stop), "amqp://localhost:1");
        using var admin = factory.CreateClient();
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Admin(Guid.NewGuid()));

        foreach (var path in new[] { Path, $"{Path}/messages" })
        {
            using var response = await admin.GetAsync(path, Stop);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        }
    }

    private Task<CatalogApp> StartAsync() => CatalogApp.StartAsync(
        shared.Servers, [("EventBus:RetryDelays:0", "00:00:00.05"), ("EventBus:ImmediateTries", "1")], Stop);

    /// <summary>Publishes orders, which cannot be handled until <see cref="RepairAsync"/>.</summary>
    private static async Task<IReadOnlyList<Guid>> FailAsync(CatalogApp app, int orders)
    {
        await ExecuteAsync(app, "alter table holds rename to holds_missing");
        var ids = Enumerable.Range(0, orders).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids)
        {
            await app.Others.PublishAsync(OrderOf(id), Stop);
        }

        await Eventually.TrueAsync(
            async () => (int)(await GetAsync(app, Path))["queues"]![0]!["count"]! == orders, $"{orders} dead letters");
        return ids;
    }

    private static OrderPlaced OrderOf(Guid id) =>
        new(id, Guid.NewGuid(), 20m, "USD", [new OrderLine(987_654, Personal, 20m, 1)], Version: 1);

    private static Task RepairAsync(CatalogApp app) => ExecuteAsync(app, "alter table holds_missing rename to holds");

    private static async Task ExecuteAsync(CatalogApp app, string sql)
    {
        await using var connection = await app.ConnectAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(CatalogApp app) =>
        [.. (await GetAsync(app, $"{Path}/messages"))["data"]!.AsArray().Select(letter => letter!)];

    private static async Task<JsonNode> GetAsync(CatalogApp app, string path) => (await app.Admin.GetFromJsonAsync<JsonNode>(path, Stop))!;

    private static async Task<JsonNode> PostAsync(CatalogApp app, string path) =>
        await ReadAsync(await app.Admin.PostAsync(path, content: null, Stop));

    private static async Task<JsonNode> DeleteAsync(CatalogApp app, string path) =>
        await ReadAsync(await app.Admin.DeleteAsync(path, Stop));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Stop);
            Assert.True(response.IsSuccessStatusCode, text);
            return JsonNode.Parse(text)!;
        }
    }

    private static IReadOnlyList<string> Ids(JsonNode report) => [.. report["messages"]!.AsArray().Select(id => (string)id!)];
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Flows.Tests.DeadLetters;

public sealed class DeadLetterApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Letters_AreGroupedOverAllServices()
    {
        await using var app = await DeadLetterApp.StartAsync(
            [new("a"), new("b", FailedAt: 1)], [new("c", FailedAt: 2), new("d", Group: "g2")]);

        var list = await app.Flows.GetAsync("/api/dead-letters");

        Assert.Equal(4, (int)list["total"]!);
        var group = list["groups"]![0]!;
        Assert.Equal(("g1", 3), ((string)group["key"]!, (int)group["count"]!));
        Assert.Equal(["basket-api", "catalog-api"], group["sources"]!.AsArray().Select(source => (string)source!));
        Assert.Equal(["c", "b", "a"], group["letters"]!.AsArray().Select(letter => (string)letter!["id"]!));
        Assert.Equal("flow-a", (string)group["letters"]![2]!["conversationId"]!);
        Assert.DoesNotContain("Confidential", list.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peek_ShowsTheBody_AndIsNotStored()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);

        using var response = await app.Flows.Api.GetAsync("/api/dead-letters/a", Stop);

        Assert.Contains("Ada Confidential", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, "none")).Status);
    }

    [Fact]
    public async Task Group_IsReplayedAtEachService_AfterADryRun()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a"), new("b")], [new("c"), new("d", Group: "g2")]);

        var (_, would) = await app.PostAsync("groups/g1/replay?dryRun=true");
        Assert.Equal((2, 1), ((int)would!["bySource"]!["catalog-api"]!, (int)would["bySource"]!["basket-api"]!));
        Assert.Empty(app.Catalog.Replayed);

        var (_, done) = await app.PostAsync("groups/g1/replay?rate=20");
        Assert.Contains("POST /groups/g1/replay?rate=20&dryRun=False", app.Catalog.Calls);
        Assert.Equal((3, 0), ((int)done!["count"]!, (int)done["remaining"]!));
        Assert.Equal(["a", "b"], app.Catalog.Replayed.Order());
        Assert.Equal(["c"], app.Basket.Replayed);
        Assert.Equal(1, (int)(await app.Flows.GetAsync("/api/dead-letters"))["total"]!);
    }

    [Theory]
    [InlineData("rate=0")]
    [InlineData("rate=fast")]
    [InlineData("dryRun=maybe")]
    public async Task WrongQuery_IsRefused(string query)
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);

        Assert.Equal(HttpStatusCode.BadRequest, (await app.PostAsync($"groups/g1/replay?{query}")).Status);
        Assert.Empty(app.Catalog.Replayed);
    }

    [Fact]
    public async Task LongReplay_SaysHowManyAreLeft()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a"), new("b"), new("c")]);
        app.Catalog.MostAtOnce = 2;

        var (_, first) = await app.PostAsync("groups/g1/replay");
        var (_, second) = await app.PostAsync("groups/g1/replay");

        Assert.Equal((1, 0), ((int)first!["remaining"]!, (int)second!["remaining"]!));
        Assert.Equal(["a", "b", "c"], app.Catalog.Replayed.Order());
    }

    [Fact]
    public async Task EditedLetter_IsSentToItsService_WhichMayRefuseTheBody()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);

        using var refused = await app.Flows.Api.PostAsJsonAsync("/api/dead-letters/a/replay", new { body = 42 }, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("body: A number is no order.", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        using var withoutReason = await app.Flows.Api.PostAsJsonAsync("/api/dead-letters/a/replay", new { body = 0 }, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, withoutReason.StatusCode);

        using var replayed = await app.Flows.Api.PostAsJsonAsync("/api/dead-letters/a/replay", new { body = new { buyer = "Bob" } }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, replayed.StatusCode);
        Assert.Equal(["""{"buyer":"Bob"}"""], app.Catalog.Bodies);
    }

    [Theory]
    [InlineData("""{"buyer":"Bob"}""")]
    [InlineData("{}")]
    [InlineData("""{"body":null}""")]
    public async Task EditWithoutABody_IsRefused_AndTheOldBodyIsNotDelivered(string edit)
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);
        using var content = new StringContent(edit, Encoding.UTF8, "application/json");

        using var refused = await app.Flows.Api.PostAsync("/api/dead-letters/a/replay", content, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull((await refused.Content.ReadFromJsonAsync<JsonNode>(Stop))!["errors"]!["body"]);
        Assert.Empty(app.Catalog.Replayed);
    }

    [Fact]
    public async Task OneLetter_IsReplayedOrDiscardedOnce()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a"), new("b")]);

        Assert.Equal(HttpStatusCode.NoContent, (await app.PostAsync("a/replay")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.PostAsync("a/replay")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await app.DeleteAsync("b")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.DeleteAsync("b")).Status);

        Assert.Equal(["a"], app.Catalog.Replayed);
        Assert.Equal(0, (int)(await app.Flows.GetAsync("/api/dead-letters"))["total"]!);
    }

    [Theory]
    [InlineData("http://localhost:1")]
    [InlineData("https://example.com")]
    [InlineData("null")]
    public async Task PageOfAnotherOrigin_CannotAct(string origin)
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "a/replay"), (HttpMethod.Delete, "a"),
            (HttpMethod.Post, "groups/g1/replay"), (HttpMethod.Delete, "groups/g1"),
        })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await app.SendAsync(method, path, origin)).Status);
        }

        Assert.Equal(1, (int)(await app.Flows.GetAsync("/api/dead-letters"))["total"]!);
    }

    [Fact]
    public async Task WithoutLogin_NothingIsShownOrDone()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);
        using var stranger = new HttpClient { BaseAddress = app.Flows.Frontend };

        using var read = await stranger.GetAsync("/api/dead-letters", Stop);
        using var acted = await stranger.PostAsync("/api/dead-letters/a/replay", content: null, Stop);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (read.StatusCode, acted.StatusCode));
        Assert.Empty(app.Catalog.Replayed);
    }

    [Fact]
    public async Task Service_ThatStopsAnswering_IsShown_AndItsLettersStay()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")], [new("b")]);
        app.Catalog.Refuses = HttpStatusCode.ServiceUnavailable;

        var list = await app.ListAsync(list => list["sources"]![0]!["fault"] is not null);
        var (_, replayed) = await app.PostAsync("groups/g1/replay");

        Assert.NotNull(list["sources"]![0]!["unreachableSince"]);
        Assert.Null(list["sources"]![1]!["fault"]);
        Assert.Equal(2, (int)list["total"]!);
        Assert.Equal(["b"], app.Basket.Replayed);
        Assert.Contains("catalog-api", (string)replayed!["faults"]![0]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadGateway, (await app.PostAsync("a/replay")).Status);

        app.Catalog.Refuses = null;
        await app.ListAsync(list => list["sources"]![0]!["fault"] is null);
    }

    [Fact]
    public async Task RefusedToken_IsExplained()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);
        app.Catalog.Refuses = HttpStatusCode.Forbidden;

        var list = await app.ListAsync(list => list["sources"]![0]!["fault"] is not null);

        Assert.Contains("FLOWS__DEADLETTERS__TOKEN", (string)list["sources"]![0]!["fault"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_AreReadOnlyWhenTheirNumberChanged()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);
        await app.ListAsync(_ => app.Catalog.Calls.Count(call => call == "GET ") >= 3);
        Assert.Single(app.Catalog.Calls, call => call.StartsWith("GET /messages", StringComparison.Ordinal));

        app.Catalog.With(new FakeLetter("b"));

        await app.ListAsync(list => (int)list["total"]! == 2);
        Assert.Equal(2, app.Catalog.Calls.Count(call => call.StartsWith("GET /messages", StringComparison.Ordinal)));
    }
}

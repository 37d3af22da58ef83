using System.Net;
using Flows.Pages.Letters;
using Flows.Tests.Scenarios;

namespace Flows.Tests.DeadLetters;

public sealed class DeadLetterPageTests
{
    [Fact]
    public async Task WithoutSources_SaysHowToAddOne()
    {
        await using var flows = await RunningFlows.StartAsync();

        var page = await flows.Api.GetStringAsync("/dead-letters", TestContext.Current.CancellationToken);

        Assert.Contains("No source of dead letters", page, StringComparison.Ordinal);
        Assert.Contains("FLOWS__DEADLETTERS__SOURCES__0__NAME", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutLetters_SaysThatAllIsWell()
    {
        await using var app = await DeadLetterApp.StartAsync();

        Assert.Contains("No dead letters", await app.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_NameMessageExceptionAndFrame()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")], [new("b")]);

        var page = await app.PageAsync();

        string[] expected =
        [
            "ordering.order-placed", "2 messages", "TimeoutException", "ReserveStock.HandleAsync", "too slow", "catalog-api", "basket-api",
        ];
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("order-a", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenGroup_ListsItsLetters_WithTheirFlows()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a"), new("b", ReplayOf: "first")]);

        var page = await app.PageAsync("?group=g1");

        string[] expected = ["order-a", "/flows/flow-a", "5 attempts", "failed again after a replay", "Replay one first", "Discard all"];
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Confidential", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenLetter_ShowsHeadersAndBody()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);

        var page = WebUtility.HtmlDecode(await app.PageAsync("?letter=a"));

        Assert.Contains("\"buyer\": \"Ada Confidential\"", page, StringComparison.Ordinal);
        Assert.Contains("at Shop.Sell", page, StringComparison.Ordinal);
        Assert.Contains("message-a", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplayOfAGroup_AsksFirst_AndSaysWhatItWouldDo()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a"), new("b")], [new("c")]);

        var page = await app.PageAsync("?group=g1&confirm=replay");

        Assert.Contains("This would deliver 3 messages again (catalog-api: 2, basket-api: 1)", page, StringComparison.Ordinal);
        Assert.Empty(app.Catalog.Replayed);
    }

    [Fact]
    public async Task DiscardOfAGroup_AsksFirst()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a"), new("b")]);

        var page = await app.PageAsync("?group=g1&confirm=discard");

        Assert.Contains("This would delete 2 messages for good (catalog-api: 2)", page, StringComparison.Ordinal);
        // The list has at most 1,000 letters of a queue; a discard takes all.
        Assert.Contains("POST /groups/g1/replay?rate=100&dryRun=True", app.Catalog.Calls);
        Assert.DoesNotContain(app.Catalog.Calls, call => call.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null", "The body must not be null.")]
    [InlineData("{", "This is not JSON")]
    [InlineData("", "This is not JSON")]
    public void EditedBody_ThatIsNullOrNotJson_IsAFault(string edited, string fault) =>
        Assert.StartsWith(fault, Letter.ReadBody(edited).Fault, StringComparison.Ordinal);

    [Fact]
    public async Task ReplayedLetter_IsStillShownAtItsAddress()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);
        await app.PostAsync("a/replay");

        var page = await app.PageAsync("?letter=a");

        Assert.Contains("was replayed", page, StringComparison.Ordinal);
        Assert.Contains("/flows/flow-a", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownLetter_IsSaidToBeGone()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);

        Assert.Contains(">gone</span> is not here any more", await app.PageAsync("?letter=gone"), StringComparison.Ordinal);
        Assert.DoesNotContain("is not here any more", await app.PageAsync("?letter=a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PagesOfAStoppedFlowAndMessage_LeadToTheDeadLetter_AsLongAsItIsThere()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var placed = new Message("ordering.order-placed", "event", "message-a", "flow-a", "order-a");
        var created = script.Create("ordering-api", placed, 1, script.Server("ordering-api", "POST", 0, 2));
        script.Process("catalog-api", placed, new Handling("catalog-api", 1, 2, 3, 4, 5, "dead-lettered", Error: "too slow"), created);
        using var sent = await app.Flows.SendAsync("/v1/traces", script.Build());
        await app.Flows.GetAsync("/api/messages/message-a", message => (string?)message["state"] == "DeadLettered");
        const string Link = "<a href=\"/dead-letters?letter=a\">dead letters of catalog-api</a>";

        Assert.Contains(Link, await GetAsync("/flows/flow-a"), StringComparison.Ordinal);
        Assert.Contains(Link, await GetAsync("/messages/message-a"), StringComparison.Ordinal);
        await app.DeleteAsync("a");
        Assert.Contains("is no longer in its dead letters", await GetAsync("/flows/flow-a"), StringComparison.Ordinal);

        Task<string> GetAsync(string path) => app.Flows.Api.GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task UnreachableService_IsNamed()
    {
        await using var app = await DeadLetterApp.StartAsync([new("a")]);
        app.Catalog.Refuses = HttpStatusCode.InternalServerError;
        await app.ListAsync(list => list["sources"]![0]!["fault"] is not null);

        var page = await app.PageAsync();

        Assert.Contains("has not answered since", page, StringComparison.Ordinal);
        Assert.Contains("may be out of date", page, StringComparison.Ordinal);
    }
}

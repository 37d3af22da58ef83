using Flows.DeadLetters;
using Flows.Following;
using Flows.Overview;
using Flows.Stitching;
using Flows.Tests.Scenarios;
using Flows.Topology;

namespace Flows.Tests.Overview;

public sealed class ProblemReaderTests
{
    private readonly StoredFlows _stored = new();
    private readonly FollowState _following = new();

    [Fact]
    public void HandledMessages_AreNoProblem()
    {
        _stored.Add(OrderFlow.Script(Guid.CreateVersion7(), StoredFlows.Start));

        Assert.Empty(Read());
    }

    [Fact]
    public void DeadLetter_IsSerious_AndLeadsToItsFlow()
    {
        _stored.AddMessage("lost", 0, new Handling("catalog-api", 0, 1, 2, 3, 4, "dead-lettered", Error: "Shelf 9 is empty."));

        var problem = Assert.Single(Read());

        Assert.True(problem.IsSerious);
        Assert.Equal("1 flow has a dead letter", problem.Text);
        Assert.Contains("ordering.order-paid with key lost.", problem.Detail!, StringComparison.Ordinal);
        Assert.Contains("Shelf 9 is empty.", problem.Detail!, StringComparison.Ordinal);
        Assert.Equal("/flows/lost", problem.Href);
    }

    [Fact]
    public void WaitingMessage_IsAProblemOnlyWhenItIsOverdue()
    {
        _stored.AddMessage("young", 290_000);
        Assert.Empty(Read());

        _stored.AddMessage("old", 0);
        _stored.Clock.Advance(TimeSpan.FromSeconds(1));

        var problem = Assert.Single(Read());
        Assert.Equal("1 message waits in catalog-api for too long", problem.Text);
        Assert.Equal("/messages?queue=catalog-api&state=InFlight", problem.Href);
    }

    [Theory]
    [InlineData("retried")]
    [InlineData("dead-lettered")]
    public void WaitingMessage_WithAFailureInAnotherQueue_IsAProblemToo_AndItsLinkShowsIt(string outcome)
    {
        _stored.AddMessage("old", 0, ["catalog-api", "webapp"], new Handling("catalog-api", 0, 1, 2, 3, 4, outcome, Error: "Locked."));

        var problem = Read().Single(problem => problem.Text == "1 message waits in webapp for too long");

        Assert.Equal("/messages?queue=webapp&state=InFlight", problem.Href);
        var filter = new MessageFilter(Queue: "webapp", State: FlowState.InFlight);
        Assert.Single(_stored.Messages.List(filter, max: 10));
        Assert.Empty(_stored.Messages.List(filter with { Queue = "catalog-api" }, max: 10));
        Assert.Equal(problem.Href, Assert.Single(TopologyReader.Read(_stored.Messages.Current(), window: null).Findings).Href);
    }

    [Fact]
    public void WaitingMessage_OfASlowStep_IsNoProblem()
    {
        _stored.AddMessage("slow", 0, new Handling("catalog-api", 0, 1, 2, 3, 120_000));
        _stored.AddMessage("waiting", 60_000);

        Assert.Empty(Read());
    }

    [Fact]
    public void ScheduledMessage_WaitsFromTheTimeThatItIsDue()
    {
        var script = new SpanScript(_stored.Clock.GetUtcNow());
        var expire = new Message("ordering.expire-order", "command", "m1", "order-1", "order-1", RequiredBy: ["ordering.expire-order"]);
        script.Create("ordering-api", expire, 5, script.Server("ordering-api", "POST", 0, 10), dueAt: 900_000);
        _stored.Add(script.Build());
        _stored.Clock.Advance(TimeSpan.FromSeconds(905));

        Assert.Empty(Read());
        var snapshot = _stored.Messages.Current();
        var step = CurrentStep.Of(_stored.Flows.Find("order-1")!, snapshot, snapshot.At)!;
        Assert.Equal((TimeSpan.FromSeconds(5), false), (step.Age, step.IsOverdue));
        Assert.Empty(TopologyReader.Read(snapshot, window: null).Findings);

        _stored.Clock.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal("1 message waits in ordering.expire-order for too long", Assert.Single(Read()).Text);
    }

    [Fact]
    public void DashboardThatIsNotFollowed_IsSerious()
    {
        _following.Failed("spans", "Aspire's dashboard does not answer.");

        Assert.Equal("Aspire's dashboard does not answer.", Assert.Single(Read()).Detail);
    }

    [Fact]
    public void RefusedSpans_AreAProblemForAWhile_NotUntilTheEndOfTheProcess()
    {
        var request = OrderFlow.Script(Guid.CreateVersion7(), StoredFlows.Start);
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].SpanId = Google.Protobuf.ByteString.Empty;
        _stored.Add(request);
        Assert.Equal("Spans were refused in the last 15 minutes", Assert.Single(Read()).Text);

        _stored.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Empty(Read());
    }

    [Fact]
    public void CurrentStep_SaysWhatTheFlowWaitsFor_AndWhatIsNormal()
    {
        _stored.AddMessage("normal", 0, new Handling("catalog-api", 0, 1, 2, 3, 10));
        _stored.AddMessage("waiting", 200_000);
        var snapshot = _stored.Messages.Current();

        var step = CurrentStep.Of(_stored.Flows.Find("waiting")!, snapshot, snapshot.At)!;

        Assert.Equal(("ordering.order-paid", "catalog-api"), (step.Message.Type, step.Queue));
        Assert.Equal(TimeSpan.FromSeconds(100), step.Age);
        Assert.Equal(TimeSpan.FromMilliseconds(10), step.Normal!.P50);
        Assert.True(step.IsOverdue);
        Assert.Null(CurrentStep.Of(_stored.Flows.Find("normal")!, snapshot, snapshot.At));
    }

    [Fact]
    public void CurrentStep_OfAMessageThatWaitsForARetry_NamesTheQueueOfTheRetry()
    {
        _stored.AddMessage("retrying", 0, new Handling("catalog-api", 0, 1, 2, 3, 4, "retried", Error: "Locked."));
        var snapshot = _stored.Messages.Current();

        Assert.Equal("catalog-api", CurrentStep.Of(_stored.Flows.Find("retrying")!, snapshot, snapshot.At)!.Queue);
    }

    private List<Problem> Read() => new ProblemReader(
        _stored.Messages, _stored.Traces, _following, new DeadLetterStore(new DeadLetterSettings([], Token: null), _stored.Clock),
        _stored.Clock).Read();
}

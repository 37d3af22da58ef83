using Flows.Stitching;
using Flows.Tests.Scenarios;
using Flows.Topology;

namespace Flows.Tests.Stitching;

public sealed class WaitTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly StoredFlows _stored = new();

    [Fact]
    public void Retry_WaitsFromTheEndOfTheAttemptBefore()
    {
        _stored.AddMessage(
            "one", 0,
            new Handling("catalog-api", 0, 1, 2, 3, 1_003, "retried", Error: "Locked."),
            new Handling("catalog-api", 0, 1, 6_010, 6_011, 6_020, "retried", 2, RetryDelay: 5_000, Error: "Locked."),
            new Handling("catalog-api", 0, 1, 36_040, 36_042, 36_050, "handled", 3, RetryDelay: 35_000));

        var delivery = Delivery("one");

        Assert.Equal([Ms(1), null, null], delivery.Attempts.Select(attempt => attempt.Wait.Outbox));
        Assert.Equal([Ms(1), Ms(7), Ms(20)], delivery.Attempts.Select(attempt => attempt.Wait.Broker));
        Assert.Equal([null, Ms(5_000), Ms(30_000)], delivery.Attempts.Select(attempt => attempt.Wait.RetryDelay));
        Assert.Equal(Ms(36_050), delivery.Took);
    }

    [Fact]
    public void ReplayedMessage_WaitsFromItsReplay_AndItsTimeInTheDeadLettersIsNotOfTheBroker()
    {
        AddReplayed("one");

        var wait = Delivery("one").Last.Wait;

        Assert.Equal<(TimeSpan?, TimeSpan?, TimeSpan?)>((Ms(5), null, Ms(10)), (wait.Broker, wait.RetryDelay, wait.Total));
        Assert.Equal(Hour - Ms(4), wait.DeadLetters);
        Assert.Equal(TimeSpan.Zero, wait.Skew);
    }

    [Fact]
    public void RetryAfterAReplay_WaitsFromTheEndOfTheAttemptBefore()
    {
        var replay = Hour.TotalMilliseconds;
        _stored.AddMessage(
            "one", 0,
            new Handling("catalog-api", 0, 1, 2, 3, 4, "dead-lettered", Error: "Locked."),
            new Handling("catalog-api", 0, 1, replay + 5, replay + 6, replay + 10, "retried", 1, Error: "Locked.", ReplayedAt: replay),
            new Handling(
                "catalog-api", 0, 1, replay + 5_011, replay + 5_012, replay + 5_020, "handled", 2, RetryDelay: 5_000, ReplayedAt: replay));

        var wait = Delivery("one").Last.Wait;

        Assert.Equal<(TimeSpan?, TimeSpan?, TimeSpan?)>((Ms(1), Ms(5_000), null), (wait.Broker, wait.RetryDelay, wait.DeadLetters));
    }

    [Fact]
    public void ReplayedMessage_WithoutItsFirstAttempt_WaitsFromItsReplay()
    {
        var replay = Hour.TotalMilliseconds;
        _stored.AddMessage(
            "one", 0, new Handling("catalog-api", 0, 1, replay + 5, replay + 6, replay + 10, ReplayedAt: replay));

        var wait = Delivery("one").Last.Wait;

        Assert.Equal<(TimeSpan?, TimeSpan?, TimeSpan?)>((null, Ms(5), null), (wait.Outbox, wait.Broker, wait.DeadLetters));
    }

    [Fact]
    public void ReplayedMessage_SpoilsNeitherThePercentilesNorTheNormalTime()
    {
        AddReplayed("one");

        var snapshot = _stored.Messages.Current();
        var edge = Assert.Single(TopologyReader.Read(snapshot, window: null).Edges);

        Assert.True(edge.Times!.Broker!.Max < Ms(100));
        Assert.True(edge.Times.Total.Max < Ms(100));
        Assert.Null(snapshot.Times.Of("ordering.order-paid", "catalog-api"));
    }

    [Fact]
    public void Lanes_OfAReplayedMessage_ShowTheDeadLetters_NotARetry()
    {
        AddReplayed("one");

        var bars = new FlowLanes(_stored.Flows.Find("one")!).Bars.Where(bar => bar.Kind is "broker" or "retry" or "dead").ToList();

        Assert.Equal(["broker", "dead", "broker"], bars.Select(bar => bar.Kind));
        Assert.Equal([Ms(1), Hour - Ms(4), Ms(5)], bars.Select(bar => (TimeSpan?)bar.Length));
    }

    [Fact]
    public void ScheduledMessage_WaitsInTheOutboxFromTheTimeThatItIsDue()
    {
        var script = new SpanScript(StoredFlows.Start);
        var expire = new Message("ordering.expire-order", "command", "m1", "order-1", "order-1", RequiredBy: ["ordering.expire-order"]);
        var created = script.Create("ordering-api", expire, 0, script.Server("ordering-api", "POST", 0, 10), dueAt: 200_000);
        var handling = new Handling("ordering.expire-order", 0, 200_003, 200_005, 200_006, 200_010);
        script.Process("ordering-api", expire, handling, created, asNewTrace: true);
        _stored.Add(script.Build());

        var wait = Delivery("order-1").Last.Wait;
        var outbox = new FlowLanes(_stored.Flows.Find("order-1")!).Bars.Single(bar => bar.Kind == "outbox");

        Assert.Equal<(TimeSpan?, TimeSpan?)>((Ms(3), Ms(10)), (wait.Outbox, wait.Total));
        Assert.Equal(Ms(3), outbox.Length);
    }

    [Fact]
    public void Copy_DeliveredWhileTheOtherIsHandled_WaitsSinceItsPublication()
    {
        _stored.AddMessage(
            "one", 0, new Handling("catalog-api", 0, 1, 3, 4, 900), new Handling("catalog-api", 0, 1, 5, 6, 901, "duplicate"));

        var wait = Delivery("one").Last.Wait;

        Assert.Equal((Ms(4), TimeSpan.Zero), (wait.Broker, wait.Skew));
    }

    // A message that fails, lies in the dead letters for an hour, and is handled 10 ms after its replay.
    private void AddReplayed(string flow)
    {
        var replay = Hour.TotalMilliseconds;
        _stored.AddMessage(
            flow, 0,
            new Handling("catalog-api", 0, 1, 2, 3, 4, "dead-lettered", Error: "Locked."),
            new Handling("catalog-api", 0, 1, replay + 5, replay + 6, replay + 10, ReplayedAt: replay));
    }

    private FlowDelivery Delivery(string flow) => Assert.Single(Assert.Single(_stored.Flows.Find(flow)!.Messages).Deliveries);

    private static TimeSpan? Ms(double value) => TimeSpan.FromMilliseconds(value);
}

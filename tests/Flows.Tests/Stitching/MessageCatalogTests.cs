using Flows.Stitching;
using Flows.Tests.Scenarios;

namespace Flows.Tests.Stitching;

public sealed class MessageCatalogTests
{
    private readonly StoredFlows _stored = new();

    [Fact]
    public void List_HasTheMessagesOfAllFlows_NewestFirst()
    {
        _stored.AddMessage("early", 1_000, Handled(1_000));
        _stored.AddMessage("late", 9_000, Handled(9_000));
        _stored.AddMessage("between", 5_000, Handled(5_000));

        Assert.Equal(["late", "between", "early"], _stored.Messages.List(new MessageFilter(), max: 10).Select(sent => sent.Flow.Key));
        Assert.Equal(["late"], _stored.Messages.List(new MessageFilter(), max: 1).Select(sent => sent.Flow.Key));
        Assert.Equal("between", _stored.Messages.Find("m-between")!.Flow.Key);
        Assert.Null(_stored.Messages.Find("m-unknown"));
    }

    [Fact]
    public void List_FiltersByEachPartOfAMessage()
    {
        _stored.AddMessage("handled", 0, Handled(0));
        _stored.AddMessage("waiting", 10);
        _stored.AddMessage("dead", 20, new Handling("catalog-api", 20, 21, 22, 23, 24, "dead-lettered", Error: "Shelf 9 is empty."));

        Assert.Equal("waiting", Only(new MessageFilter(State: FlowState.InFlight)));
        Assert.Equal("dead", Only(new MessageFilter(State: FlowState.DeadLettered)));
        Assert.Equal("dead", Only(new MessageFilter("shelf 9")));
        Assert.Equal("waiting", Only(new MessageFilter("m-wait")));
        Assert.Equal(3, Count(new MessageFilter(Type: "ordering.order-paid", Service: "ordering-api", Queue: "catalog-api")));
        Assert.Equal(2, Count(new MessageFilter(Service: "catalog-api")));
        Assert.Equal(0, Count(new MessageFilter(Queue: "webapp")));
        Assert.Equal(0, Count(new MessageFilter(Type: "ordering.order")));
    }

    [Fact]
    public void Snapshot_IsSharedForHalfASecond_AndRenewedAfterANewSpan()
    {
        var empty = _stored.Messages.Current();
        _stored.AddMessage("one", 0, Handled(0));

        Assert.Same(empty, _stored.Messages.Current());
        _stored.Clock.Advance(TimeSpan.FromMilliseconds(501));
        Assert.Single(_stored.Messages.Current().Messages);
    }

    [Fact]
    public void Snapshot_WithAScheduledMessage_IsRenewedWhenTheMessageIsDue()
    {
        var script = new SpanScript(_stored.Clock.GetUtcNow());
        var expire = new Message("ordering.expire-order", "command", "m1", "order-1", "order-1");
        script.Create("ordering-api", expire, 5, script.Server("ordering-api", "POST", 0, 10), dueAt: 60_000);
        _stored.Add(script.Build());

        var before = _stored.Messages.Current();
        _stored.Clock.Advance(TimeSpan.FromSeconds(59));
        var later = _stored.Messages.Current();
        _stored.Clock.Advance(TimeSpan.FromSeconds(2));
        var after = _stored.Messages.Current();

        Assert.Equal(FlowState.Scheduled, Assert.Single(before.Messages).Message.State);
        Assert.Same(before, later);
        Assert.Equal(FlowState.InFlight, Assert.Single(after.Messages).Message.State);
    }

    [Fact]
    public void ReplayedMessage_IsOneDelivery_InTheOrderOfTime()
    {
        _stored.AddMessage(
            "replayed", 0,
            new Handling("catalog-api", 0, 1, 2, 3, 4, "retried", 1, Error: "Locked."),
            new Handling("catalog-api", 0, 1, 5_002, 5_003, 5_004, "dead-lettered", 2, RetryDelay: 5_000, Error: "Locked."),
            // The replay starts to count again.
            new Handling("catalog-api", 0, 60_000, 60_001, 60_002, 60_003, "handled", 1));

        var message = Assert.Single(_stored.Messages.Current().Messages).Message;

        Assert.Equal(FlowState.Done, message.State);
        var attempts = Assert.Single(message.Deliveries).Attempts;
        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt.Number));
        Assert.Equal(["retried", "dead-lettered", "handled"], attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public void MessagesWithOneId_InAFlow_AreDistinguishedByType_AndEachKeepsItsRetries()
    {
        var script = new SpanScript(StoredFlows.Start);
        var request = script.Server("ordering-api", "POST", 0, 10);
        foreach (var type in new[] { "ordering.order-placed", "ordering.order-paid" })
        {
            var message = new Message(type, "event", "order-1", "order-1", "order-1");
            var created = script.Create("ordering-api", message, 1, request);
            script.Send("ordering-api", message, 2, 3, created);
            script.Process("catalog-api", message, new Handling("catalog-api", 1, 2, 4, 5, 6, "retried", Error: "Locked."), created);
            script.Process(
                "catalog-api", message, new Handling("catalog-api", 1, 2, 5_006, 5_007, 5_008, "handled", 2, RetryDelay: 5_000), created,
                asNewTrace: true);
        }

        _stored.Add(script.Build());

        var messages = _stored.Messages.Current().Messages.Select(sent => sent.Message).ToList();

        Assert.Equal(["ordering.order-paid", "ordering.order-placed"], messages.Select(message => message.Type).Order());
        Assert.Equal(2, messages.Select(message => message.Id).Distinct().Count());
        Assert.All(messages, message => Assert.Equal(2, Assert.Single(message.Deliveries).Attempts.Count));
        Assert.All(messages, message => Assert.Same(message, _stored.Messages.Find(message.Id)!.Message));
    }

    [Fact]
    public void MessagesWithOneId_InTwoFlows_AreBothListed()
    {
        foreach (var flow in new[] { "flow-1", "flow-2" })
        {
            var script = new SpanScript(StoredFlows.Start);
            var message = new Message("ordering.order-paid", "event", "7", flow, flow);
            script.Create("ordering-api", message, 1, script.Server("ordering-api", "POST", 0, 10));
            _stored.Add(script.Build());
        }

        var sent = _stored.Messages.Current().Messages;

        Assert.Equal(["7@flow-1", "7@flow-2"], sent.Select(one => one.Id).Order());
        Assert.All(sent, one => Assert.Same(one, _stored.Messages.Find(one.Id)));
        Assert.NotNull(_stored.Messages.Find("7"));
    }

    private static Handling Handled(double at) => new("catalog-api", at, at + 1, at + 2, at + 3, at + 8);

    private string Only(MessageFilter filter) => Assert.Single(_stored.Messages.List(filter, max: 10)).Flow.Key;

    private int Count(MessageFilter filter) => _stored.Messages.List(filter, max: 10).Count;
}

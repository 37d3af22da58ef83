using Flows.Tests.Scenarios;
using WireKind = Flows.Otlp.Wire.Trace.Span.Types.SpanKind;

namespace Flows.Tests.Stitching;

public sealed class OldConventionTests
{
    /// <summary>The attributes of OpenTelemetry's instrumentation of Node's amqplib (0.70).</summary>
    [Fact]
    public void Receiver_ThatNamesItsQueueOnlyInTheSpansName_IsALaneOfThatQueue()
    {
        var stored = new StoredFlows();
        var script = new SpanScript(StoredFlows.Start);
        (string, object)[] common =
        [
            ("messaging.system", "rabbitmq"), ("messaging.destination", "shop"), ("messaging.destination_kind", "topic"),
            ("messaging.rabbitmq.routing_key", "order.placed"),
        ];
        var published = script.Add("node-shop", "publish shop", WireKind.Producer, 0, 1, tags: common);
        script.Add(
            "node-mail", "orders process", WireKind.Consumer, 2, 5, published, tags: [.. common, ("messaging.operation", "process")]);

        stored.Add(script.Build());

        var message = Assert.Single(Assert.Single(stored.Flows.List(new(), max: 10)).Messages);
        Assert.Equal("order.placed", message.Type);
        Assert.Equal(("orders", "node-mail"), (message.Deliveries[0].Queue, message.Deliveries[0].Service));
    }

    /// <summary>The spans of RabbitMQ.Client 7: the receiver has a trace of its own with a link, or continues the publisher's.</summary>
    [Theory]
    [InlineData("amq.default", true)]
    [InlineData("amq.default", false)]
    [InlineData("", false)]
    public void MessageThroughTheDefaultExchange_IsInTheLaneOfItsQueue(string exchange, bool isLinked)
    {
        var stored = new StoredFlows();
        var script = new SpanScript(StoredFlows.Start);
        (string, object)[] common =
        [
            ("messaging.system", "rabbitmq"), ("messaging.destination.name", exchange),
            ("messaging.rabbitmq.destination.routing_key", "invoices"),
        ];
        var published = script.Add(
            "sales", "publish", WireKind.Producer, 0, 1, tags: [.. common, ("messaging.operation.type", "send")]);
        var delivered = script.Add(
            "billing", "deliver", WireKind.Consumer, 2, 5, isLinked ? null : published,
            tags: [.. common, ("messaging.operation.type", "process")]);
        if (isLinked)
        {
            delivered.Links.Add(SpanScript.LinkTo(published));
        }

        stored.Add(script.Build());

        var message = Assert.Single(Assert.Single(stored.Flows.List(new(), max: 10)).Messages);
        Assert.Equal(("invoices", "billing"), (message.Deliveries[0].Queue, message.Deliveries[0].Service));
        Assert.Equal("sales", message.From);
    }

    [Fact]
    public void Count_IsTheNumberOfListedFlows()
    {
        var stored = new StoredFlows();
        stored.AddMessage("one", 0);
        stored.AddMessage("two", 10);

        Assert.Equal(stored.Flows.List(new(), int.MaxValue).Count, stored.Flows.Count());
    }
}

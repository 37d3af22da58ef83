using Flows.Stitching;
using Flows.Tests.Scenarios;
using WireKind = Flows.Otlp.Wire.Trace.Span.Types.SpanKind;

namespace Flows.Tests.Stitching;

public sealed class OutboxRowTests
{
    private static readonly Message Paid = new("ordering.order-paid", "event", "m1", "f1", "k1");

    private readonly StoredFlows _stored = new();
    private readonly SpanScript _script = new(StoredFlows.Start);

    [Fact]
    public void Row_IsWrittenByTheRequest_AndSentAtTheFirstSendThatSucceeded()
    {
        var request = _script.Server("ordering-api", "POST /orders", 0, 10);
        var created = _script.Create("ordering-api", Paid, 4, request);
        _script.Fail(_script.Send("ordering-api", Paid, 12, 14, created), "The broker is gone.", 14);
        _script.Send("ordering-api", Paid, 20, 25, created);

        var row = RowOfOnly();

        Assert.Equal(StoredFlows.Start.AddMilliseconds(4), row!.WrittenAt);
        Assert.Equal("POST /orders", row.WrittenBy?.Name);
        Assert.Equal([true, false], row.Sends.Select(send => send.IsError));
        Assert.Equal(StoredFlows.Start.AddMilliseconds(25), row.SentAt);
    }

    [Fact]
    public void RowThatNoSpanSent_IsNotSent()
    {
        _script.Create("ordering-api", Paid, 4, _script.Server("ordering-api", "POST /orders", 0, 10));

        Assert.Null(RowOfOnly()!.SentAt);
    }

    [Fact]
    public void PublisherWithoutOutbox_HasNoRow()
    {
        _script.Add(
            "shop", "send orders", WireKind.Producer, 0, 1,
            tags: [(MessagingTags.OperationType, "send"), (MessagingTags.MessageId, "m1")]);

        Assert.Null(RowOfOnly());
    }

    private OutboxRow? RowOfOnly()
    {
        _stored.Add(_script.Build());
        var sent = Assert.Single(_stored.Messages.Current().Messages);
        return OutboxRow.Of(sent.Flow, sent.Message);
    }
}

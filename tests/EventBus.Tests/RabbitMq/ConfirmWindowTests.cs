using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Tests.RabbitMq;

public sealed class ConfirmWindowTests
{
    private const ulong First = 11;

    [Fact]
    public void Confirms_InAnyOrder_SettleTheWindow()
    {
        var window = Sent("a", "b", "c");
        window.Confirmed(13, multiple: false);
        window.Confirmed(11, multiple: false);
        Assert.False(window.Settled.IsCompleted);
        window.Confirmed(12, multiple: false);
        Assert.True(window.Settled.IsCompleted);
        Assert.All(Results(window), Assert.Null);
    }

    [Fact]
    public void OneConfirmOfSeveral_CountsForAllUpToIt_AndNoFurther()
    {
        var window = Sent("a", "b", "c");
        window.Confirmed(12, multiple: true);
        Assert.Collection(Results(window), Assert.Null, Assert.Null, result => Assert.IsType<TimeoutException>(result));
        window.Confirmed(13, multiple: true);
        Assert.True(window.Settled.IsCompleted);
    }

    [Fact]
    public void Refusal_OfSeveral_SparesThoseThatWereConfirmedBefore()
    {
        var window = Sent("a", "b", "c");
        window.Confirmed(12, multiple: false);
        window.Rejected(13, multiple: true);
        Assert.True(window.Settled.IsCompleted);
        Assert.Collection(
            Results(window),
            result => Assert.IsType<InvalidOperationException>(result),
            Assert.Null,
            result => Assert.IsType<InvalidOperationException>(result));
    }

    [Fact]
    public void ReturnedMessage_HasNoReceiver_AlthoughItIsConfirmedThereafter()
    {
        var window = Sent("a", "b", "c");
        window.Returned("b", "events", "key-b");
        window.Confirmed(13, multiple: true);
        Assert.Collection(Results(window), Assert.Null, result => Assert.IsType<NoReceiverException>(result), Assert.Null);
    }

    [Fact]
    public void TwoReturnedMessagesWithTheSameId_AreBothReported()
    {
        var window = Sent("a", "a", "b");
        window.Returned("a", "events", "key-a");
        window.Returned("a", "events", "key-a");
        window.Confirmed(13, multiple: true);
        Assert.Collection(
            Results(window), result => Assert.IsType<NoReceiverException>(result), result => Assert.IsType<NoReceiverException>(result),
            Assert.Null);
    }

    [Fact]
    public void ConfirmsOfAnEarlierBatch_AreNotForThisOne()
    {
        var window = Sent("a", "b");
        window.Confirmed(10, multiple: true);
        window.Confirmed(9, multiple: false);
        Assert.All(Results(window), result => Assert.IsType<TimeoutException>(result));
    }

    [Fact]
    public void MessageThatCannotBeSent_TakesNoNumber()
    {
        AmqpMessage[] messages = [Message("a"), Message("b"), Message("c")];
        var window = new ConfirmWindow(First, messages);
        window.Send(0);
        window.Send(1);
        window.NotSent(new ArgumentException("Too long."));
        window.Send(2);
        window.Confirmed(12, multiple: true);
        Assert.True(window.Settled.IsCompleted);
        Assert.Collection(Results(window), Assert.Null, result => Assert.IsType<ArgumentException>(result), Assert.Null);
    }

    [Fact]
    public void End_FailsTheMessagesWithoutAnAnswer_AndOnlyThose()
    {
        var window = new ConfirmWindow(First, [Message("a"), Message("b"), Message("c")]);
        window.Send(0);
        window.Send(1);
        window.Confirmed(11, multiple: false);
        window.End(new IOException("Gone."));
        window.NotSent(new IOException("Gone too."));
        window.Confirmed(12, multiple: true);
        Assert.True(window.Settled.IsCompleted);
        Assert.Collection(
            Results(window),
            Assert.Null,
            result => Assert.Equal("Gone.", Assert.IsType<IOException>(result).Message),
            result => Assert.Equal("Gone.", Assert.IsType<IOException>(result).Message));
    }

    private static IReadOnlyList<Exception?> Results(ConfirmWindow window) => window.Results(() => new TimeoutException());

    private static ConfirmWindow Sent(params string[] ids)
    {
        var window = new ConfirmWindow(First, [.. ids.Select(Message)]);
        for (var i = 0; i < ids.Length; i++)
        {
            window.Send(i);
        }

        return window;
    }

    private static AmqpMessage Message(string id) => new(
        "events", $"key-{id}", new TransportMessage { Kind = MessageKind.Event, MessageId = id, Body = ReadOnlyMemory<byte>.Empty });
}

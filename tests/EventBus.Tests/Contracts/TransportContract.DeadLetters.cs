using EventBus.Tests.Setup;
using EventBus.Transport;

namespace EventBus.Tests.Contracts;

public abstract partial class TransportContract
{
    [Fact]
    public async Task DeadLetter_IsCountedAndRead_AndReplayedOnlyOnce()
    {
        await using var sender = await StartAsync("sender");
        await using var receiver = await StartAsync("receiver", events: ["test.happened"]);

        var failed = await FailAsync(sender, receiver);

        await using (await receiver.ConsumeDeadLettersAsync())
        {
            Assert.Equal(DeadLetterReasons.Failed, (await receiver.ReceiveDeadLetterAsync()).Message.Text(HeaderNames.Reason));
        }

        await using (await receiver.ConsumeDeadLettersAsync())
        {
            var letter = await receiver.ReceiveDeadLetterAsync();
            await letter.ResendAsync(letter.Message.With([new(HeaderNames.Reason, null)]), TimeSpan.Zero, Token);
        }

        var replayed = await receiver.ReceiveAsync();
        Assert.Equal((failed.MessageId, null), (replayed.Message.MessageId, replayed.Message.Text(HeaderNames.Reason)));
        await replayed.AcknowledgeAsync(Token);
        await Eventually.TrueAsync(
            async () => await receiver.MeasureAsync("receiver") is null or { DeadLetters: 0, Ready: null or 0 }, "no dead letter is left");
    }

    [Fact]
    public async Task DeadLetters_ThatAnotherProcessRemoved_AreNotCounted()
    {
        await using var sender = await StartAsync("sender");
        await using var receiver = await StartAsync("receiver", events: ["test.happened"]);
        await FailAsync(sender, receiver);

        await using var other = await StartAsync("receiver", events: ["test.happened"]);
        await using (await other.ConsumeDeadLettersAsync())
        {
            await (await other.ReceiveDeadLetterAsync()).AcknowledgeAsync(Token);
        }

        Assert.True(await receiver.MeasureAsync("receiver") is null or { DeadLetters: 0 });
    }

    /// <summary>Sends a message that becomes a dead letter, and returns it.</summary>
    private static async Task<TransportMessage> FailAsync(TransportEndpoint sender, TransportEndpoint receiver)
    {
        await sender.PublishAsync(Message(key: "a"));
        var delivery = await receiver.ReceiveAsync();
        await delivery.DeadLetterAsync(
            delivery.Message.With([new(HeaderNames.Reason, DeadLetterReasons.Failed)]), DeadLetterReasons.Failed, "it broke", Token);
        await Eventually.TrueAsync(
            async () => await receiver.MeasureAsync("receiver") is null or { DeadLetters: 1, Ready: null or 0 },
            "the dead letter is counted");
        return delivery.Message;
    }
}

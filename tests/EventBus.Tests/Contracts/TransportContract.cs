using EventBus.Messages;
using EventBus.Tests.Setup;
using EventBus.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventBus.Tests.Contracts;

/// <summary>The behavior that the bus requires of every transport. The tests publish and receive directly, without a store.</summary>
public abstract partial class TransportContract(TestServers servers)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private protected TestServers Test => servers;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Chooses the transport of a service. All services of one test share a broker.</summary>
    protected abstract Task UseAsync(EventBusBuilder bus);

    /// <summary>The account with which a service publishes; null where the broker does not check it.</summary>
    protected abstract string? AccountOf(string service);

    /// <summary>The broker reports that no queue receives a message of this kind.</summary>
    protected virtual MessageKind ReportedKind => MessageKind.Event;

    /// <summary>The broker counts a delivery that was returned.</summary>
    protected virtual bool MarksReturnedMessages => true;

    /// <summary>What the broker still has of a queue; null where the transport counts it.</summary>
    private protected virtual long? CountAtBroker(QueuePlan queue) => null;

    [Fact]
    public async Task Event_ReachesEveryService_WithAllItsProperties()
    {
        await using var sender = await StartAsync("sender");
        await using var one = await StartAsync("one", events: ["test.happened"]);
        await using var two = await StartAsync("two", events: ["test.happened"]);
        var sent = Message(key: "7") with
        {
            Headers = new Dictionary<string, object?>
            {
                ["text"] = "grün",
                ["number"] = 1_234_567_890_123L,
                [HeaderNames.TraceParent] = "00-1-2-01",
            },
        };

        await sender.PublishAsync(sent);

        foreach (var service in new[] { one, two })
        {
            var received = (await service.ReceiveAsync()).Message;
            Assert.Equal(
                (sent.Kind, sent.Type, sent.MessageId, sent.Key, sent.CorrelationId, "sender"),
                (received.Kind, received.Type, received.MessageId, received.Key, received.CorrelationId, received.AppId));
            Assert.Equal(
                ("grün", 1_234_567_890_123L, "00-1-2-01"),
                (received.Text("text"), received.Number("number"), received.Text(HeaderNames.TraceParent)));
            Assert.Equal(sent.Body.ToArray(), received.Body.ToArray());
            Assert.Equal(sent.Timestamp?.ToUnixTimeSeconds(), received.Timestamp?.ToUnixTimeSeconds());
        }
    }

    [Fact]
    public async Task Sender_IsTheAccountThatPublished_AlsoAfterAResendAndAReplay()
    {
        await using var sender = await StartAsync("sender");
        await using var receiver = await StartAsync("receiver", events: ["test.happened"]);

        await sender.PublishAsync(Message() with { Sender = "somebody else" });

        var first = await receiver.ReceiveAsync();
        await first.ResendAsync(first.Message, RetryDelay, Token);
        var second = await receiver.ReceiveAsync();
        await second.DeadLetterAsync(second.Message, DeadLetterReasons.Failed, "it broke", Token);
        await using (await receiver.ConsumeDeadLettersAsync())
        {
            var letter = await receiver.ReceiveDeadLetterAsync();
            await letter.ResendAsync(letter.Message, TimeSpan.Zero, Token);
        }

        var third = await receiver.ReceiveAsync();
        var account = AccountOf("sender");
        Assert.Equal((account, account, account), (first.Message.Sender, second.Message.Sender, third.Message.Sender));
    }

    [Fact]
    public async Task Command_ReachesOneOfItsReceivers()
    {
        await using var sender = await StartAsync("sender");
        await using var one = await StartAsync("receiver", commands: ["test.do-it"]);
        await using var two = await StartAsync("receiver", commands: ["test.do-it"]);

        await sender.PublishAsync([.. Enumerable.Range(0, 20).Select(i => Message("test.do-it", MessageKind.Command, $"{i}"))]);

        await Eventually.TrueAsync(() => one.Received + two.Received == 20, "all are received");
        Assert.True(await one.MeasureAsync("test.do-it") is null or { Ready: null or 0 });
    }

    [Fact]
    public async Task MessagesOfAKey_ArriveInOrder()
    {
        await using var sender = await StartAsync("sender");
        await using var receiver = await StartAsync("receiver", events: ["test.happened"]);

        await sender.PublishAsync([.. Enumerable.Range(0, 150).Select(i => Message(key: $"{i % 3}", number: i))]);
        await sender.PublishAsync([.. Enumerable.Range(150, 150).Select(i => Message(key: $"{i % 3}", number: i))]);

        var all = await receiver.ReceiveAsync(300);
        Assert.All(all.GroupBy(delivery => delivery.Message.Key), key =>
        {
            var numbers = key.Select(delivery => delivery.Message.Number("number")).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        });
    }

    [Fact]
    public async Task UnacknowledgedMessages_AreDeliveredAgain_AndAcknowledgedOnesAreNot()
    {
        await using var sender = await StartAsync("sender");
        await using var receiver = await StartAsync("receiver", events: ["test.happened"]);
        await sender.PublishAsync(Message(key: "a", number: 1), Message(key: "b", number: 2), Message(key: "c", number: 3));
        var first = await receiver.ReceiveAsync(3);
        await first.Single(delivery => delivery.Message.Number("number") == 2).AcknowledgeAsync(Token);

        await first[0].ReleaseAsync();
        Assert.True(first[0].IsLost);
        await receiver.ConsumeAsync();

        var again = await receiver.ReceiveAsync(2);
        Assert.Equal([1L, 3L], again.Select(delivery => delivery.Message.Number("number")!.Value).Order());
        Assert.All(again, delivery => Assert.Equal(MarksReturnedMessages, delivery.IsRedelivered));
        foreach (var delivery in again)
        {
            await delivery.AcknowledgeAsync(Token);
        }

        await HasNoMoreAsync(receiver);
    }

    [Fact]
    public async Task ResentMessage_ReturnsAfterItsDelay_ToThisServiceOnly_WithChangedHeaders()
    {
        await using var sender = await StartAsync("sender");
        await using var one = await StartAsync("one", events: ["test.happened"]);
        await using var two = await StartAsync("two", events: ["test.happened"]);
        await sender.PublishAsync(Message(key: "a"));
        var delivery = await one.ReceiveAsync();
        await (await two.ReceiveAsync()).AcknowledgeAsync(Token);
        var resentAt = TimeProvider.System.GetTimestamp();

        await delivery.ResendAsync(delivery.Message.With([new(HeaderNames.Attempt, 2L)]), RetryDelay, Token);

        var again = await one.ReceiveAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(resentAt), RetryDelay * 0.9, TimeSpan.MaxValue);
        Assert.Equal(
            (delivery.Message.MessageId, "a", 2L), (again.Message.MessageId, again.Message.Key, again.Message.Number(HeaderNames.Attempt)));
        await again.AcknowledgeAsync(Token);
        await HasNoMoreAsync(one);
        await HasNoMoreAsync(two);
    }

    [Fact]
    public async Task ResentMessages_DueWhileOthersArePublished_AllReturn()
    {
        const int Count = 200;
        const string Others = "others";
        await using var sender = await StartAsync("sender");
        await using var receiver = await StartAsync("receiver", events: ["test.happened"]);
        await sender.PublishAsync([.. Enumerable.Range(0, Count).Select(i => Message(key: $"{i}"))]);
        foreach (var delivery in await receiver.ReceiveAsync(Count))
        {
            await delivery.ResendAsync(delivery.Message, RetryDelay, Token);
        }

        var published = 0;
        for (var begin = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begin) < 2 * RetryDelay; published++)
        {
            await sender.PublishAsync(Message(key: Others));
        }

        var returned = new HashSet<string?>();
        for (var i = 0; i < Count + published; i++)
        {
            var delivery = await receiver.ReceiveAsync();
            await delivery.AcknowledgeAsync(Token);
            if (delivery.Message.Key != Others)
            {
                returned.Add(delivery.Message.MessageId);
            }
        }

        Assert.Equal(Count, returned.Count);
        await HasNoMoreAsync(receiver);
    }

    [Fact]
    public async Task MessageWithoutReceiver_IsReported_OnlyWhenItRequiresOne()
    {
        await using var sender = await StartAsync("sender");

        var results = await sender.TryPublishAsync(
            Message("test.no-subscriber"), Message("test.no-subscriber", ReportedKind) with { RequiresReceiver = true });

        Assert.Null(results[0]);
        Assert.IsType<NoReceiverException>(results[1]);
    }

    [Fact]
    public async Task RequiredConsumer_ReceivesWhatWasPublishedBeforeItFirstStarted()
    {
        await using var sender = await StartAsync(
            "sender", bus => bus.Publishes<Shop.ItemSold>(e => $"{e.ProductId}", requiredBy: ["receiver"]));
        await sender.PublishAsync(Message("shop.item-sold") with { RequiresReceiver = true });

        await using var receiver = await StartAsync("receiver", bus => bus.Subscribe<Shop.ItemSold, Shop.NoteEffect>());

        Assert.Equal("shop.item-sold", (await receiver.ReceiveAsync()).Message.Type);
    }

    [Fact]
    public async Task Replicas_ReceiveTheEventsOfAKeyOneAtATime()
    {
        await using var sender = await StartAsync("sender");
        await using var one = await StartAsync("receiver", events: ["test.happened"]);
        await using var two = await StartAsync("receiver", events: ["test.happened"]);

        await sender.PublishAsync([.. Enumerable.Range(0, 50).Select(i => Message(key: "a", number: i))]);

        await Eventually.TrueAsync(() => one.Received + two.Received == 50, "all are received");
        Assert.True(one.Received == 0 || two.Received == 0, "Two replicas hold messages with the same key at the same time.");
    }

    private Task HasNoMoreAsync(TransportEndpoint endpoint) => endpoint.HasNoMoreAsync(CountAtBroker);

    private static TransportMessage Message(
        string type = "test.happened", MessageKind kind = MessageKind.Event, string key = "key", int number = 0) =>
        new()
    {
        Kind = kind,
        Type = type,
        MessageId = $"{Guid.CreateVersion7()}",
        Key = key,
        CorrelationId = "flow",
        Timestamp = TimeProvider.System.GetUtcNow(),
        Headers = new Dictionary<string, object?> { ["number"] = (long)number },
        Body = "{}"u8.ToArray(),
    };

    private Task<TransportEndpoint> StartAsync(string name, string[]? events = null, string[]? commands = null) => StartAsync(
        name, bus =>
        {
            var registry = (MessageRegistry)bus.Services
                .First(service => service.ServiceType == typeof(MessageRegistry)).ImplementationInstance!;
            Array.ForEach(events ?? [], type => registry.Subscribe(type, MessageKind.Event, body => body));
            Array.ForEach(commands ?? [], type => registry.Subscribe(type, MessageKind.Command, body => body));
        });

    private async Task<TransportEndpoint> StartAsync(string name, Action<EventBusBuilder> declare)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = name });
        var bus = builder.AddEventBus(options => options.RetryDelays = [RetryDelay]);
        await UseAsync(bus);
        declare(bus);
        var host = builder.Build();
        return await TransportEndpoint.StartAsync(host);
    }
}

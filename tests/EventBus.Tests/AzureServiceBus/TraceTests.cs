using System.Diagnostics;
using EventBus.Messages;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.Extensions.Hosting;
using ServiceBusBroker;

namespace EventBus.Tests.AzureServiceBus;

/// <summary>The trace context of a message is that of the bus. The SDK writes its own into a message that has none.</summary>
public sealed class TraceTests : IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    public async Task TraceContext_IsThatOfTheMessage_WhateverSpanIsCurrent(string? traceParent)
    {
        await using var shop = await StartAsync();
        using var span = new Activity("request").Start();
        var message = new TransportMessage
        {
            Kind = MessageKind.Event,
            Type = "shop.item-sold",
            MessageId = $"{Guid.NewGuid()}",
            Headers = traceParent is null ? new Dictionary<string, object?>() : new() { [HeaderNames.TraceParent] = traceParent },
            Body = "{}"u8.ToArray(),
        };

        await shop.PublishAsync(message);
        var first = await shop.ReceiveAsync();
        await first.ResendAsync(first.Message, TimeSpan.Zero, Token);
        var copy = await shop.ReceiveAsync();

        Assert.All([first, copy], delivery =>
        {
            Assert.Equal(traceParent, delivery.Message.Text(HeaderNames.TraceParent));
            Assert.DoesNotContain("Diagnostic-Id", delivery.Message.Headers.Keys);
        });
        Assert.Same(span, Activity.Current);
    }

    [Fact]
    public async Task Spans_NameTheTopicAndTheSubscription_OrTheQueue()
    {
        await using var shop = await StartAsync();

        Assert.Equal(
            ["messaging.destination.name=events", "messaging.destination.subscription.name=shop-api", "messaging.system=servicebus"],
            Describe(shop, MessageKind.Event, "shop.item-sold", "shop-api"));
        Assert.Equal(
            ["messaging.destination.name=shop.charge-card", "messaging.system=servicebus"],
            Describe(shop, MessageKind.Command, "shop.charge-card", "shop.charge-card"));
    }

    private static IEnumerable<string> Describe(TransportEndpoint shop, MessageKind kind, string type, string queue)
    {
        using var span = new Activity("process");
        shop.Describe(span, kind, type, queue);
        return span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
    }

    private async Task<TransportEndpoint> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Shop.Api" });
        builder.AddEventBus().UseTestServiceBus(_broker).Subscribe<ItemSold, NoteEffect>();
        return await TransportEndpoint.StartAsync(builder.Build());
    }
}

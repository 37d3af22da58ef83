using System.Diagnostics;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;

namespace EventBus.Tests.Telemetry;

public sealed class SubscribeSpanTests(TestServers servers)
{
    [Fact]
    public async Task ConsumerThatStarts_SaysWhatIsBoundToItsQueue_InATraceOfItsOwn()
    {
        using var spans = new SpanRecorder();
        using var start = new Activity("start of the host").Start();
        await using var service = await Service.StartAsync(new ServicePlan
        {
            Name = "Bindings.Api",
            Declare = bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
            Broker = new InMemoryBroker(),
            Postgres = await servers.Servers.CreateDatabaseAsync(TestContext.Current.CancellationToken),
        });

        await Eventually.TrueAsync(() => spans.All.Any(IsSubscribe), "it has subscribed");
        var subscribe = spans.All.Single(IsSubscribe);
        Assert.Equal(default, subscribe.ParentSpanId);
        Assert.Equal("bindings-api", subscribe.GetTagItem("eventbus.queue"));
        Assert.Equal(["shop.item-sold"], (string[])subscribe.GetTagItem("eventbus.message.types")!);
    }

    private static bool IsSubscribe(Activity span) => span.DisplayName == "subscribe bindings-api";
}

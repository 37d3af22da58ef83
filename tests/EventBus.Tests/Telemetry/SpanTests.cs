using System.Diagnostics;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;

namespace EventBus.Tests.Telemetry;

public sealed class SpanTests(TestServers servers)
{
    private static readonly string[] WaitTags =
        ["eventbus.created_at", "eventbus.published_at", "eventbus.received_at", "eventbus.handling_at"];

    private string? _broker;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TraceOfTheRequest_ReachesTheHandler_ThroughOutboxAndBroker()
    {
        using var spans = new SpanRecorder();
        await using var shop = await StartAsync();
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        request.AddBaggage("tenant", "a b");

        await shop.PublishAsync(new PriceChanged(7, 9.5m, 3));
        await shop.HasEffectsAsync(1);

        await Eventually.TrueAsync(() => spans.Of(request.TraceId).Count == 3, "all spans have ended");
        var create = Assert.Single(spans.Of(request.TraceId), span => span.Kind == ActivityKind.Producer);
        var process = Assert.Single(spans.Of(request.TraceId), span => span.Kind == ActivityKind.Consumer);
        Assert.Equal(("create shop.price-changed", request.SpanId), (create.DisplayName, create.ParentSpanId));
        Assert.Equal(("process shop-api", create.SpanId), (process.DisplayName, process.ParentSpanId));
        Assert.Equal(create.SpanId, Assert.Single(process.Links).Context.SpanId);
        Assert.Equal("a b", process.GetBaggageItem("tenant"));
        Assert.Equal(process.SpanId, shop.Ledger.Seen[0].Span?.SpanId);

        Assert.Equal("events:shop.price-changed", create.GetTagItem("messaging.destination.name"));
        Assert.Equal("events:shop.price-changed:shop-api", process.GetTagItem("messaging.destination.name"));
        Assert.Equal(request.TraceId.ToString(), process.GetTagItem("messaging.message.conversation_id"));
        Assert.Equal(("shop.price-changed", "event", "7", 3L), (
            process.GetTagItem("eventbus.message.type"), process.GetTagItem("eventbus.message.kind"),
            process.GetTagItem("eventbus.message.key"), process.GetTagItem("eventbus.message.version")));
        Assert.Equal(("shop-api", 1, "handled"), (
            process.GetTagItem("eventbus.queue"), process.GetTagItem("eventbus.attempt"), process.GetTagItem("eventbus.outcome")));

        var parts = WaitTags.Select(tag => (long)process.GetTagItem(tag)!).ToArray();
        Assert.Equal(parts.Order(), parts);
        Assert.Equal(0L, process.GetTagItem("eventbus.retry_delay"));

        var send = Assert.Single(spans.Of(request.TraceId), span => span.Kind == ActivityKind.Client);
        Assert.Equal(("send shop.price-changed", create.SpanId), (send.DisplayName, send.ParentSpanId));
        Assert.Equal(
            (1, create.GetTagItem("messaging.message.id")),
            (send.GetTagItem("messaging.batch.message_count"), send.GetTagItem("messaging.message.id")));
        Assert.Equal(create.SpanId, Assert.Single(send.Links).Context.SpanId);
        Assert.Equal(ActivityStatusCode.Unset, send.Status);
    }

    [Fact]
    public async Task DelayedRetry_IsATraceOfItsOwn_LinkedToTheFirst()
    {
        using var spans = new SpanRecorder();
        await using var shop = await StartAsync();
        shop.Ledger.OnHandling = (seen, _) => seen.Context.Attempt == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;

        await shop.PublishAsync(new PriceChanged(7, 9.5m, 3));
        await shop.HasEffectsAsync(1);

        await Eventually.TrueAsync(() => spans.Of(request.TraceId).Count == 3, "create, send and first attempt have ended");
        var create = Assert.Single(spans.Of(request.TraceId), span => span.Kind == ActivityKind.Producer);
        var failed = Assert.Single(spans.Of(request.TraceId), span => span.Kind == ActivityKind.Consumer);
        Assert.Equal(
            ("retried", typeof(InvalidOperationException).FullName),
            (failed.GetTagItem("eventbus.outcome"), failed.GetTagItem("error.type")));
        Assert.Contains(failed.Events, happened => happened.Name == "exception");

        await Eventually.TrueAsync(() => spans.All.Any(IsSecond), "the second attempt has ended");
        var second = spans.All.Single(IsSecond);
        Assert.Equal(("handled", default), (second.GetTagItem("eventbus.outcome"), second.ParentSpanId));
        Assert.True((long)second.GetTagItem("eventbus.retry_delay")! >= 50_000);

        bool IsSecond(Activity span) =>
            span.Kind == ActivityKind.Consumer
                && span.TraceId != request.TraceId
                && span.Links.Any(link => link.Context.SpanId == create.SpanId);
    }

    [Fact]
    public async Task Replay_RecordsWhenItBegan()
    {
        using var spans = new SpanRecorder();
        await using var shop = await StartAsync();
        var isBroken = true;
        shop.Ledger.OnHandling = (_, _) => isBroken ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        await shop.PublishAsync(new PriceChanged(7, 9.5m, 3));
        var letter = Assert.Single(await shop.HasDeadLettersAsync(1));
        isBroken = false;

        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api" }, count: 1);
        await shop.HasEffectsAsync(1);

        await Eventually.TrueAsync(() => Attempts().Any(IsHandled), "the replayed attempt has ended");
        var handled = Attempts().Single(IsHandled);
        Assert.InRange(
            (long)handled.GetTagItem("eventbus.replayed_at")!,
            letter.LastFailedAt!.Value.ToUnixTimeMilliseconds() * 1000,
            (long)handled.GetTagItem("eventbus.received_at")!);
        Assert.All(Attempts().Where(span => !IsHandled(span)), span => Assert.Null(span.GetTagItem("eventbus.replayed_at")));

        IEnumerable<Activity> Attempts() => spans.All.Where(
            span => span.Kind == ActivityKind.Consumer && $"{span.GetTagItem("messaging.message.id")}" == $"{letter.MessageId}");

        static bool IsHandled(Activity span) => (string?)span.GetTagItem("eventbus.outcome") == "handled";
    }

    [Fact]
    public async Task DelayedMessage_RecordsWhenItIsDue()
    {
        using var spans = new SpanRecorder();
        await using var shop = await StartAsync();
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;

        await shop.PublishAsync(TimeSpan.FromHours(1), new PriceChanged(8, 9.5m, 1));
        await shop.PublishAsync(new PriceChanged(9, 9.5m, 1));

        var created = spans.Of(request.TraceId).Where(span => span.Kind == ActivityKind.Producer).ToArray();
        Assert.Equal(2, created.Length);
        Assert.InRange(
            (long)created[0].GetTagItem("eventbus.due_at")! / 1e6,
            TimeProvider.System.GetUtcNow().AddMinutes(59).ToUnixTimeSeconds(),
            double.MaxValue);
        Assert.Null(created[1].GetTagItem("eventbus.due_at"));
    }

    [Fact]
    public async Task Create_ListsTheRequiredQueues()
    {
        using var spans = new SpanRecorder();
        await using var shop = await StartAsync(bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}", requiredBy: ["ordering-api", "catalog-api"])
            .Sends<ChargeCard>(c => $"{c.OrderId}"));
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;

        await shop.PublishAsync(new ItemSold(7, 1));
        await shop.SendAsync(new ChargeCard(Guid.NewGuid(), 5m));
        await shop.PublishAsync(new PriceChanged(7, 9.5m, 3));

        Assert.Equal(
            [["ordering-api", "catalog-api"], ["shop.charge-card"], null], RequiredBy("item-sold", "charge-card", "price-changed"));

        IEnumerable<string[]?> RequiredBy(params string[] types) => types.Select(type =>
            (string[]?)Assert
                .Single(spans.Of(request.TraceId), span => span.DisplayName == $"create shop.{type}")
                .GetTagItem("eventbus.required_by"));
    }

    [Fact]
    public async Task Messages_MakeNoTraceBeyondTheirOwn_AndAnIdleServiceNone()
    {
        using var spans = new SpanRecorder();
        await using var shop = await StartAsync();
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;

        await shop.PublishAsync([.. Enumerable.Range(1, 20).Select(product => (object)new PriceChanged(product, 9.5m, 1))]);
        await shop.HasEffectsAsync(20);
        await shop.OutboxIsEmptyAsync();
        await Eventually.TrueAsync(() => spans.Of(request.TraceId).Count == 60, "create, send and process of each have ended");

        Assert.DoesNotContain(
            spans.All, span => span.TraceId != request.TraceId && span.Links.Any(link => link.Context.TraceId == request.TraceId));

        // The measurements of this service, and of the services of tests that run in parallel.
        Assert.DoesNotContain(spans.All, span => span.Kind == ActivityKind.Client && span.ParentSpanId == default);
    }

    [Fact]
    public async Task Message_WithoutAQueue_SaysSoOnce()
    {
        using var spans = new SpanRecorder();
        _broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var foreign = await ForeignClient.ConnectAsync(_broker);
        await foreign.DeclareClassicQueueAsync("absent-api");
        await using var shop = await StartAsync(bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}", requiredBy: ["absent-api"]));
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        await shop.PublishAsync(new ItemSold(7, 1));
        await shop.OutboxIsEmptyAsync();
        await foreign.Channel.QueueDeleteAsync("absent-api", cancellationToken: Token);

        await shop.PublishAsync(new ItemSold(7, 2));
        await shop.OutboxIsEmptyAsync();

        var sends = spans.Of(request.TraceId).Where(span => span.Kind == ActivityKind.Client).ToArray();
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error, ActivityStatusCode.Unset], sends.Select(span => span.Status));
    }

    /// <summary>A rolled-back attempt showed a message that never existed.</summary>
    [Fact]
    public async Task Create_IsExportedOnlyAfterTheCommit()
    {
        using var spans = new SpanRecorder();
        await using var shop = await StartAsync();
        await shop.StopAsync();
        using var request = new Activity("request").Start();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;

        await shop.WithDbAsync(async db =>
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using (var rolledBack = await db.Database.BeginTransactionAsync(Token))
                {
                    db.Publish(new PriceChanged(1, 1m, 1));
                    await db.SaveChangesAsync(Token);
                    await rolledBack.RollbackAsync(Token);
                }

                await using (await db.Database.BeginTransactionAsync(Token))
                {
                    // Disposed without commit.
                    db.Publish(new PriceChanged(2, 1m, 1));
                    await db.SaveChangesAsync(Token);
                }

                db.Publish(new PriceChanged(3, 1m, 1));
                db.ChangeTracker.Clear();
                Assert.Same(request, Activity.Current);

                await using var transaction = await db.Database.BeginTransactionAsync(Token);
                db.Publish(new PriceChanged(4, 1m, 1));
                await db.SaveChangesAsync(Token);
                Assert.Empty(spans.Of(request.TraceId));
                await transaction.CommitAsync(Token);
            });
            return true;
        });
        await shop.PublishAsync(new PriceChanged(5, 1m, 1));

        Assert.Same(request, Activity.Current);
        Assert.Equal(["4", "5"], spans.Of(request.TraceId).Select(span => span.GetTagItem("eventbus.message.key")));
    }

    private async Task<Service> StartAsync(Action<EventBusBuilder>? declare = null) => await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus =>
        {
            bus.Publishes<PriceChanged>(e => $"{e.ProductId}", e => e.Version).Subscribe<PriceChanged, NoteEffect>();
            declare?.Invoke(bus);
        },
        RabbitMq = _broker ??= await servers.Servers.CreateVirtualHostAsync(Token),
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Telemetry;

public sealed class MetricTests(TestServers servers)
{
    [Fact]
    public async Task MessagesBeingHandled_AreUnacknowledged_UntilTheyAreDone()
    {
        await using var shop = await StartAsync(Echo);
        using var meters = new Meters(shop);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Ledger.OnHandling = (_, token) => go.Task.WaitAsync(token);
        await shop.PublishAsync(new ItemSold(1, 1), new ItemSold(2, 2), new ItemSold(2, 3));
        await Eventually.TrueAsync(() => meters.Read("eventbus.queue.unacknowledged") == 3, "all three are with the consumer");

        go.SetResult();
        await Eventually.TrueAsync(() => meters.Read("eventbus.queue.unacknowledged") == 0, "all are done");
        Assert.Equal(0, meters.Read("eventbus.redelivered"));
    }

    [Fact]
    public async Task MessageThatWasNotAcknowledged_IsCountedAsRedelivered()
    {
        await using var shop = await StartAsync(
            Echo, new CrashOnce(CrashPoints.Moved), await servers.Servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken));
        using var meters = new Meters(shop);
        var failed = 0;
        shop.Ledger.OnHandling = (_, _) => Interlocked.Exchange(ref failed, 1) == 0
            ? throw new TimeoutException("not now")
            : Task.CompletedTask;
        await shop.PublishAsync(new ItemSold(1, 1));
        await Eventually.TrueAsync(() => meters.Read("eventbus.redelivered") == 1, "it came again");
        await shop.HasEffectsAsync(1);
    }

    /// <summary>The time until the broker confirmed has nothing to do with what the database does then.</summary>
    [Fact]
    public async Task BatchThatWasConfirmed_IsCounted_AlsoIfItIsNotRemoved()
    {
        await using var shop = await StartAsync(Echo, new CrashOnce(CrashPoints.Confirmed));
        using var meters = new Meters(shop);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.OutboxIsEmptyAsync();
        Assert.Equal(2, meters.Read("messaging.client.sent.messages"));
    }

    [Fact]
    public async Task Outbox_MeasuresWhatWaits_AndWhatIsNotCleanedUp()
    {
        await using var shop = await StartAsync(bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}"));
        using var meters = new Meters(shop);
        await shop.PublishAsync([.. Enumerable.Range(1, 100).Select(i => new ItemSold(i, i))]);
        await Eventually.TrueAsync(
            () => Task.FromResult(meters.Read("eventbus.outbox.dead_rows") > 0 && meters.Read("eventbus.outbox.depth") == 0),
            () => $"what was relayed has left dead rows; there are {meters.Read("eventbus.outbox.dead_rows")}, "
                + $"and {meters.Read("eventbus.outbox.depth")} to relay");
        // A short transaction of the relay or the inbox may be open at that moment.
        Assert.InRange(meters.Read("eventbus.outbox.horizon_age"), 0, 1);
    }

    private static void Echo(EventBusBuilder bus) => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>();

    private async Task<Service> StartAsync(Action<EventBusBuilder> declare, CrashPoints? crashPoints = null, string? rabbitMq = null) =>
        await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = declare,
        Services = services => services.AddSingleton(crashPoints ?? new CrashPoints()),
        Broker = rabbitMq is null ? new InMemoryBroker() : null,
        RabbitMq = rabbitMq,
        Postgres = await servers.Servers.CreateDatabaseAsync(TestContext.Current.CancellationToken),
    });

    /// <summary>The metrics of one service.</summary>
    private sealed class Meters : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, double> _sums = new();

        public Meters(Service service)
        {
            var factory = service.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
            _listener.Start();
        }

        /// <summary>A gauge as it is now, a counter as it has become.</summary>
        public double Read(string name)
        {
            _listener.RecordObservableInstruments();
            return _sums.GetValueOrDefault(name);
        }

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value) =>
            _sums.AddOrUpdate(instrument.Name, value, (_, sum) => instrument.IsObservable ? value : sum + value);
    }
}

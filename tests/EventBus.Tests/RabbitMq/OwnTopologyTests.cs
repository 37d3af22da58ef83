using System.Collections.Concurrent;
using EventBus.Outbox;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Servers;

namespace EventBus.Tests.RabbitMq;

/// <summary>A service whose account may declare only its own queues.</summary>
public sealed class OwnTopologyTests(TestServers servers)
{
    private static readonly BrokerRights OwnQueues = new(
        Configure: "^shop-api(\\..*)?$", Write: "^(events|amq\\.default|shop-api(\\..*)?)$", Read: "^(events|shop-api(\\..*)?)$");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsShared_IsReportedWhileItIsMissing_AndUsedOnceItIsThere()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        var account = await servers.Servers.CreateAccountAsync(new Uri(broker), "least", OwnQueues, Token);
        await using var shop = await StartAsync(account);

        foreach (var missing in (string[])["exchange 'events'", "queue 'billing-api'"])
        {
            await Eventually.AsksAsync(
                shop.HealthAsync,
                health => health.Description?.Contains($"The {missing} does not exist", StringComparison.Ordinal) == true);
        }

        await shop.PublishAsync(new ItemSold(1, 1));

        // The administrator's part. The exchange alone is not enough: the event would be lost for the queue that comes later.
        await using var administrator = await ForeignClient.ConnectAsync(broker);
        var channel = administrator.Channel;
        await channel.ExchangeDeclareAsync("events", ExchangeType.Topic, durable: true, cancellationToken: Token);
        await DeclareQueueAsync("unrouted");
        await Eventually.AsksAsync(shop.HealthAsync, health => health.Description is { } missing
            && !missing.Contains("'events'", StringComparison.Ordinal) && !missing.Contains("'unrouted'", StringComparison.Ordinal));
        Assert.Empty(await shop.EffectsAsync());
        Assert.Equal(1, (await shop.Services.GetRequiredService<IOutbox>().MeasureAsync(Token)).Count);

        await DeclareQueueAsync("billing-api");
        await channel.QueueBindAsync("billing-api", "events", "shop.item-sold", cancellationToken: Token);
        await channel.ExchangeDeclareAsync("commands", ExchangeType.Direct, durable: true, cancellationToken: Token);

        await shop.OutboxIsEmptyAsync();
        await shop.HasEffectsAsync(1);
        Assert.Equal(1u, await channel.MessageCountAsync("billing-api", Token));
        await IsHealthyAsync(shop);

        Task DeclareQueueAsync(string queue) =>
            channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
    }

    [Fact]
    public async Task WhatIsShared_AndMissingAtTheStart_IsAnErrorOnlyIfItStaysMissing()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        var account = await servers.Servers.CreateAccountAsync(new Uri(broker), "patient", OwnQueues, Token);
        using var log = new ErrorLog();
        await using var shop = await StartAsync(account, services: services => services.AddLogging(
            logging => logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Error)));

        await Eventually.AsksAsync(
            shop.HealthAsync, health => health.Description?.Contains("'billing-api' does not exist", StringComparison.Ordinal) == true);
        Assert.Empty(log.Errors);
        await Eventually.TrueAsync(() => log.Errors.Count(error => error.Contains("queue 'billing-api'", StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public async Task FailedMessage_IsRetriedAndParked_InTheServicesOwnQueues()
    {
        var broker = await servers.Servers.CreateVirtualHostAsync(Token);
        await using var administrator = await StartAsync(broker, declareShared: true);
        var account = await servers.Servers.CreateAccountAsync(new Uri(broker), "least", OwnQueues, Token);
        await IsHealthyAsync(administrator);
        await administrator.StopAsync();
        await using var shop = await StartAsync(account);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");

        await shop.PublishAsync(new ItemSold(1, 1));

        Assert.Equal(3, Assert.Single(await shop.HasDeadLettersAsync(1)).Attempts);
    }

    private static async Task IsHealthyAsync(Service service) =>
        await Eventually.AsksAsync(service.HealthAsync, health => health.Status == HealthStatus.Healthy);

    private async Task<Service> StartAsync(
        string broker, bool declareShared = false, Action<IServiceCollection>? services = null) => await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}", requiredBy: ["billing-api"])
            .Subscribe<ItemSold, NoteEffect>(),
        Configure = options => options.DeclareShared = declareShared,
        Services = services ?? (_ => { }),
        RabbitMq = broker,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _errors = new();

        public IReadOnlyCollection<string> Errors => _errors;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}

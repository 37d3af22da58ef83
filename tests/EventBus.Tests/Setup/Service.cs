using System.Text.Json;
using EventBus.Outbox;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceBusBroker;
using StackExchange.Redis;

namespace EventBus.Tests.Setup;

/// <summary>Where a service of a test keeps its outbox, and how it reaches others.</summary>
public sealed record ServicePlan
{
    public required string Name { get; init; }

    public required Action<EventBusBuilder> Declare { get; init; }

    public Action<EventBusOptions> Configure { get; init; } = _ => { };

    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>An AMQP URI; null for <see cref="Broker"/> or <see cref="ServiceBus"/>.</summary>
    public string? RabbitMq { get; init; }

    public InMemoryBroker? Broker { get; init; }

    public TestServiceBus? ServiceBus { get; init; }

    /// <summary>The port of a proxy; null: that of <see cref="ServiceBus"/>.</summary>
    public int? ServiceBusPort { get; init; }

    public EntityOptions? ServiceBusEntities { get; init; }

    /// <summary>The broker has nothing of what the service needs.</summary>
    public bool ServiceBusIsEmpty { get; init; }

    /// <summary>A connection string; null for <see cref="Redis"/>.</summary>
    public string? Postgres { get; init; }

    public string? Redis { get; init; }
}

/// <summary>A running service with a bus, like in a process of its own.</summary>
public sealed class Service : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _stopped;

    private Service(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public Ledger Ledger => Services.GetRequiredService<Ledger>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Service> StartAsync(ServicePlan plan)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = plan.Name, EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", plan.RabbitMq ?? "amqp://localhost")]);
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Critical));
        builder.Services.AddSingleton<Ledger>();

        var bus = builder.AddEventBus(options =>
        {
            options.RetryDelays = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100)];
            options.SweepInterval = TimeSpan.FromMilliseconds(100);
            plan.Configure(options);
        });
        await UseStoreAsync(plan, builder.Services, bus);
        if (plan.Broker is { } broker)
        {
            bus.UseInMemoryTransport(broker);
        }
        else if (plan.ServiceBus is { } serviceBus)
        {
            bus.UseTestServiceBus(serviceBus, plan.ServiceBusPort, plan.ServiceBusEntities, plan.ServiceBusIsEmpty);
        }
        else
        {
            bus.UseRabbitMq("messaging");
        }

        plan.Declare(bus);
        plan.Services(builder.Services);

        var service = new Service(builder.Build());
        if (plan.Postgres is not null)
        {
            await service.WithDbAsync(db => db.Database.EnsureCreatedAsync(Token));
        }

        await service._host.StartAsync(Token);
        return service;
    }

    public async Task<T> WithDbAsync<T>(Func<ShopContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ShopContext>());
    }

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Publishes all in one step of the service's store.</summary>
    public Task PublishAsync(params object[] events) => PublishAsync(delay: null, events);

    public Task PublishAsync(TimeSpan? delay, params object[] events) => CommitAsync(
        (db, e) => db.Publish(e, delay), (step, e) => step.Publish(e, delay), events);

    public Task SendAsync(params object[] commands) => CommitAsync((db, c) => db.Send(c), (step, c) => step.Send(c), commands);

    public async Task<IReadOnlyList<Effect>> EffectsAsync()
    {
        if (Services.GetService<IConnectionMultiplexer>() is { } redis)
        {
            var rows = await redis.GetDatabase().ListRangeAsync(RedisEffects.List);
            return [.. rows.Select(row => JsonSerializer.Deserialize<Effect>((string)row!)!)];
        }

        return await WithDbAsync(db => db.Effects.AsNoTracking().OrderBy(effect => effect.Id).ToListAsync(Token));
    }

    public async Task HasEffectsAsync(int count)
    {
        await Eventually.TrueAsync(async () => (await EffectsAsync()).Count >= count, $"{count} effects");
        Assert.Equal(count, (await EffectsAsync()).Count);
    }

    /// <summary>The dead letters, once there are so many.</summary>
    public async Task<IReadOnlyList<DeadLetter>> HasDeadLettersAsync(int count)
    {
        var deadLetters = Services.GetRequiredService<DeadLetterQueues>();
        IReadOnlyList<DeadLetter> letters = [];
        await Eventually.TrueAsync(
            async () => (letters = await deadLetters.PeekAsync(deadLetters.Names[0], cancellationToken: Token)).Count == count,
            $"{count} dead letters");
        return letters;
    }

    /// <summary>
    /// Replays dead letters as soon as this many are there; letters that an earlier read held may return to the queue late.
    /// </summary>
    public async Task ReplayAsync(DeadLetterReplay replay, int count)
    {
        var deadLetters = Services.GetRequiredService<DeadLetterQueues>();
        await Eventually.TrueAsync(async () => (await deadLetters.ReplayAsync(replay, Token)).Letters.Count == count, $"{count} replayed");
    }

    public Task OutboxIsEmptyAsync() => Eventually.TrueAsync(
        async () => (await Services.GetRequiredService<IOutbox>().MeasureAsync(Token)).Count == 0, "the outbox is empty");

    /// <summary>Publishes messages without an outbox, like a foreign sender.</summary>
    internal async Task PutOnWireAsync(params TransportMessage[] messages)
    {
        await using var publisher = Services.GetRequiredService<ITransport>().CreatePublisher();
        await publisher.ReadyAsync(Token);
        Assert.All(await publisher.PublishAsync(messages, Token), Assert.Null);
    }

    /// <summary>What the service needs at the broker.</summary>
    internal IReadOnlyList<QueuePlan> Queues() => Services.GetRequiredService<TopologyPlan>().All;

    public async Task<HealthReportEntry> HealthAsync()
    {
        var report = await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        return report.Entries["eventbus"];
    }

    public async Task StopAsync()
    {
        _stopped = true;
        await _host.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static async Task UseStoreAsync(ServicePlan plan, IServiceCollection services, EventBusBuilder bus)
    {
        if (plan.Postgres is { } database)
        {
            // With a pool and retries, as Aspire registers contexts.
            services.AddDbContextPool<ShopContext>(options => options.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure()));
            services.AddScoped<IEffects, PostgresEffects>();
            bus.UsePostgres<ShopContext>();
        }
        else
        {
            var redis = await ConnectionMultiplexer.ConnectAsync(plan.Redis!);
            services.AddSingleton<IConnectionMultiplexer>(_ => redis);
            services.AddScoped<IEffects, RedisEffects>();
            bus.UseRedis();
        }
    }

    private Task<bool> CommitAsync(Action<ShopContext, object> addToDb, Action<RedisUnitOfWork, object> addToStep, object[] messages) =>
        InScopeAsync(async services =>
    {
        if (services.GetService<RedisUnitOfWork>() is { } step)
        {
            Array.ForEach(messages, message => addToStep(step, message));
            Assert.True(await step.CommitAsync(Token));
            return true;
        }

        var db = services.GetRequiredService<ShopContext>();
        Array.ForEach(messages, message => addToDb(db, message));
        return await db.SaveChangesAsync(Token) > 0;
    });
}

using EventBus.Consuming;
using EventBus.DeadLetters;
using EventBus.Failure;
using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Telemetry;
using EventBus.Transport;
using EventBus.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventBus;

/// <summary>Adds the event bus to a service.</summary>
public static class EventBusHostExtensions
{
    /// <summary>
    /// Adds the event bus. It needs a store (<c>UsePostgres</c>, <c>UseRedis</c>) and a transport (<c>UseRabbitMq</c>,
    /// <c>UseAzureServiceBus</c>).
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Changes <see cref="EventBusOptions"/> after configuration section <c>EventBus</c> was bound.</param>
    /// <remarks>The service starts and serves while the broker cannot be reached. Health check: <c>eventbus</c>.</remarks>
    public static EventBusBuilder AddEventBus(this IHostApplicationBuilder builder, Action<EventBusOptions>? configure = null)
    {
        var registry = new MessageRegistry();
        AddOptions(builder.Services, configure);
        AddParts(builder.Services, registry);
        AddLoops(builder.Services);
        builder.Services.AddHealthChecks().AddCheck<EventBusHealthCheck>("eventbus");
        return new EventBusBuilder(builder, registry);
    }

    private static void AddOptions(IServiceCollection services, Action<EventBusOptions>? configure)
    {
        var options = services.AddOptions<EventBusOptions>().BindConfiguration(EventBusOptions.SectionName);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.PostConfigure<IHostEnvironment>((settings, environment) =>
        {
            if (settings.QueueName.Length == 0)
            {
                settings.QueueName = WireName.Kebab(environment.ApplicationName);
            }
        });
        options.ValidateOnStart();
        services.AddSingleton<IValidateOptions<EventBusOptions>, EventBusOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<EventBusOptions>>().Value);
    }

    private static void AddParts(IServiceCollection services, MessageRegistry registry)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CrashPoints>();
        services.AddSingleton(registry);
        services.AddSingleton(provider => new TopologyPlan(registry, provider.GetRequiredService<EventBusOptions>()));
        services.AddSingleton<MessageFactory>();
        services.AddSingleton<MessageSpans>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<BusMetrics>();
        services.AddSingleton<BacklogGauges>();
        services.AddSingleton<FailurePolicy>();
        services.AddSingleton<HandlerCalls>();
        services.AddSingleton<MessageProcessor>();
        services.AddSingleton(provider => new DeadLetterQueues(
            provider.GetRequiredService<ITransport>(),
            provider.GetRequiredService<TopologyPlan>(),
            registry,
            provider.GetRequiredService<TimeProvider>()));
    }

    // Hosted services stop in reverse: the consumers drain first, then the relay stops, and the transport closes last.
    private static void AddLoops(IServiceCollection services)
    {
        services.AddHostedService(TransportOf);
        services.AddSingleton(CreateRelays);
        services.AddHostedService(provider => provider.GetRequiredService<RelayService>());
        services.AddHostedService<ReplicaWake>();
        services.AddSingleton(CreateConsumers);
        services.AddHostedService(provider => provider.GetRequiredService<ConsumerService>());
        services.AddHostedService<BacklogMeter>();
        services.AddHostedService<InboxCleanup>();
    }

    private static ITransport TransportOf(IServiceProvider provider)
    {
        if (provider.GetService<IOutbox>() is null)
        {
            throw new InvalidOperationException(
                "The event bus has no store. Call UsePostgres<TContext>() or UseRedis() after AddEventBus().");
        }

        return provider.GetService<ITransport>()
            ?? throw new InvalidOperationException(
                "The event bus has no transport. Call UseRabbitMq(connectionName) or UseAzureServiceBus(connectionName) "
                + "after AddEventBus().");
    }

    private static RelayService CreateRelays(IServiceProvider provider) => new(
        [.. Enumerable.Range(0, Partition.Count).Select(partition =>
            ActivatorUtilities.CreateInstance<PartitionRelay>(provider, (short)partition))]);

    private static ConsumerService CreateConsumers(IServiceProvider provider) => new(
        [.. provider.GetRequiredService<TopologyPlan>().Consumed
            .Select(queue => ActivatorUtilities.CreateInstance<QueueConsumer>(provider, queue))],
        provider.GetRequiredService<EventBusOptions>(),
        provider.GetRequiredService<TimeProvider>());
}

using EventBus;
using EventBus.Consuming;
using EventBus.Failure;
using EventBus.Health;
using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Telemetry;
using EventBus.Topology;
using EventBus.Transport;
using EventBus.Transport.RabbitMq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the event bus to a service.</summary>
public static class EventBusHostExtensions
{
    /// <summary>Adds the event bus over the RabbitMQ connection of this name (<c>ConnectionStrings:{connectionName}</c>).</summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the RabbitMQ resource, as in AppHost.</param>
    /// <param name="configure">Changes <see cref="EventBusOptions"/> after configuration section <c>EventBus</c> was bound.</param>
    /// <remarks>The service starts and serves while the broker is down. Health check <c>eventbus</c>, tag <c>ready</c>.</remarks>
    public static EventBusBuilder AddEventBus(this IHostApplicationBuilder builder, string connectionName, Action<EventBusOptions>? configure = null)
    {
        builder.AddRabbitMQClient(
            connectionName,
            settings => (settings.DisableHealthChecks, settings.DisableTracing) = (true, true),
            RabbitTransport.Configure);

        var registry = new MessageRegistry();
        AddOptions(builder.Services, configure);
        AddParts(builder.Services, registry);
        AddLoops(builder.Services);
        builder.Services.AddHealthChecks().AddCheck<EventBusHealthCheck>("eventbus", tags: ["ready"]);
        return new EventBusBuilder(builder.Services, registry);
    }

    private static void AddOptions(IServiceCollection services, Action<EventBusOptions>? configure)
    {
        var options = services.AddOptions<EventBusOptions>().BindConfiguration("EventBus");
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
        services.AddSingleton(registry);
        services.AddSingleton<MessageFactory>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<TopologyPlan>();
        services.AddSingleton<BusMetrics>();
        services.AddSingleton<FailureMover>();
        services.AddSingleton<MessageProcessor>();
        services.AddSingleton(provider => new DeadLetters(
            provider.GetRequiredService<ITransport>(), provider.GetRequiredService<TopologyPlan>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CrashPoints>();
        services.AddSingleton<RabbitTransport>();
        services.TryAddSingleton<ITransport>(provider => provider.GetRequiredService<RabbitTransport>());
    }

    // Hosted services stop in reverse: consumers drain first, then the relay rests, and the connections close last.
    private static void AddLoops(IServiceCollection services)
    {
        services.AddHostedService(provider => provider.GetRequiredService<ITransport>());
        services.AddSingleton(CreateRelays);
        services.AddHostedService(provider => provider.GetRequiredService<RelayService>());
        services.AddHostedService<ReplicaWake>();
        services.AddSingleton(CreateConsumers);
        services.AddHostedService(provider => provider.GetRequiredService<ConsumerService>());
        services.AddHostedService<Housekeeping>();
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

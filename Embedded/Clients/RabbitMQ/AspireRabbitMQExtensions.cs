using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects an application to a RabbitMQ broker. Mirrors <c>Microsoft.Extensions.Hosting.AspireRabbitMQExtensions</c>.</summary>
public static class AspireRabbitMQExtensions
{
    private const string SectionName = "Aspire:RabbitMQ:Client";

    /// <summary>
    /// Registers <see cref="IConnectionFactory"/> and <see cref="IConnection"/> as singletons, with connect retry, health check
    /// <c>RabbitMQ.Client</c> and tracing. Mirrors <c>AspireRabbitMQExtensions.AddRabbitMQClient</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the resource: <c>ConnectionStrings:{connectionName}</c> is its address.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <param name="configureConnectionFactory">Changes the factory after section <c>Aspire:RabbitMQ:Client:ConnectionFactory</c> was read.</param>
    public static void AddRabbitMQClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null) =>
        Add(builder, connectionName, serviceKey: null, configureSettings, configureConnectionFactory);

    /// <summary>
    /// As <see cref="AddRabbitMQClient"/>, registered under the key <paramref name="name"/>; the health check is
    /// <c>RabbitMQ.Client_{name}</c>. Mirrors <c>AspireRabbitMQExtensions.AddKeyedRabbitMQClient</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The service key and the name of the connection string.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <param name="configureConnectionFactory">Changes the factory after its configuration was read.</param>
    public static void AddKeyedRabbitMQClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null) =>
        Add(builder, name, serviceKey: name, configureSettings, configureConnectionFactory);

    private static void Add(
        IHostApplicationBuilder builder,
        string connectionName,
        string? serviceKey,
        Action<RabbitMQClientSettings>? configureSettings,
        Action<ConnectionFactory>? configureConnectionFactory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var section = builder.Configuration.GetSection(SectionName);
        var namedSection = section.GetSection(connectionName);
        var settings = ReadSettings(builder.Configuration, section, namedSection, connectionName);
        configureSettings?.Invoke(settings);

        IConnectionFactory CreateFactory()
        {
            var factory = new ConnectionFactory();
            section.GetSection("ConnectionFactory").Bind(factory);
            namedSection.GetSection("ConnectionFactory").Bind(factory);

            if (!string.IsNullOrEmpty(settings.ConnectionString))
            {
                factory.Uri = new Uri(settings.ConnectionString);
            }

            configureConnectionFactory?.Invoke(factory);
            return factory;
        }

        Register(builder.Services, settings, serviceKey, CreateFactory);

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddSource(RabbitMQConnector.SourceName).AddSource("RabbitMQ.Client.*"));
        }

        if (!settings.DisableHealthChecks)
        {
            AddHealthCheck(builder, serviceKey);
        }
    }

    private static RabbitMQClientSettings ReadSettings(
        IConfiguration configuration, IConfigurationSection section, IConfigurationSection namedSection, string connectionName)
    {
        var settings = new RabbitMQClientSettings();
        section.Bind(settings);
        namedSection.Bind(settings);

        if (configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        return settings;
    }

    private static void Register(
        IServiceCollection services, RabbitMQClientSettings settings, string? serviceKey, Func<IConnectionFactory> createFactory)
    {
        if (serviceKey is null)
        {
            services.AddSingleton(_ => createFactory());
            services.AddSingleton(provider =>
                RabbitMQConnector.Connect(provider.GetRequiredService<IConnectionFactory>(), settings.MaxConnectRetryCount));

            if (!settings.DisableAutoActivation)
            {
                services.ActivateSingleton<IConnection>();
            }
        }
        else
        {
            services.AddKeyedSingleton(serviceKey, (_, _) => createFactory());
            services.AddKeyedSingleton(serviceKey, (provider, key) =>
                RabbitMQConnector.Connect(provider.GetRequiredKeyedService<IConnectionFactory>(key), settings.MaxConnectRetryCount));

            if (!settings.DisableAutoActivation)
            {
                services.ActivateKeyedSingleton<IConnection>(serviceKey);
            }
        }
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder, string? serviceKey)
    {
        var name = serviceKey is null ? "RabbitMQ.Client" : $"RabbitMQ.Client_{serviceKey}";

        if (builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                name,
                provider => new RabbitMQHealthCheck(() => provider.GetRequiredKeyedService<IConnection>(serviceKey)),
                failureStatus: null,
                tags: null));
        }
    }
}

using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects an application to Redis. Mirrors <c>Microsoft.Extensions.Hosting.AspireRedisExtensions</c>.</summary>
public static class AspireRedisExtensions
{
    private const string SectionName = "Aspire:StackExchange:Redis";

    /// <summary>
    /// Registers <see cref="IConnectionMultiplexer"/> as a singleton, with reconnect, health check <c>StackExchange.Redis</c> and spans of
    /// commands. Mirrors <c>AspireRedisExtensions.AddRedisClient</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the resource: <c>ConnectionStrings:{connectionName}</c> is its address.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <param name="configureOptions">Changes the client's options after section <c>…:ConfigurationOptions</c> was read.</param>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        AddRedisClientBuilder(builder, connectionName, configureSettings, configureOptions);

    /// <summary>As <see cref="AddRedisClient"/>, returning a builder to add to. Mirrors <c>AspireRedisExtensions.AddRedisClientBuilder</c>.</summary>
    /// <inheritdoc cref="AddRedisClient"/>
    public static AspireRedisClientBuilder AddRedisClientBuilder(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName, serviceKey: null, configureSettings, configureOptions);

    /// <summary>
    /// As <see cref="AddRedisClient"/>, registered under the key <paramref name="name"/>; the health check is
    /// <c>StackExchange.Redis_{name}</c>. Mirrors <c>AspireRedisExtensions.AddKeyedRedisClient</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The service key and the name of the connection string.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <param name="configureOptions">Changes the client's options after their configuration was read.</param>
    public static void AddKeyedRedisClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        AddKeyedRedisClientBuilder(builder, name, configureSettings, configureOptions);

    /// <summary>As <see cref="AddKeyedRedisClient"/>, returning a builder to add to. Mirrors <c>AspireRedisExtensions.AddKeyedRedisClientBuilder</c>.</summary>
    /// <inheritdoc cref="AddKeyedRedisClient"/>
    public static AspireRedisClientBuilder AddKeyedRedisClientBuilder(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, name, serviceKey: name, configureSettings, configureOptions);

    private static AspireRedisClientBuilder Add(
        IHostApplicationBuilder builder,
        string connectionName,
        string? serviceKey,
        Action<StackExchangeRedisSettings>? configureSettings,
        Action<ConfigurationOptions>? configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var section = builder.Configuration.GetSection(SectionName);
        var namedSection = section.GetSection(connectionName);
        var settings = ReadSettings(builder.Configuration, section, namedSection, connectionName);
        configureSettings?.Invoke(settings);

        var optionsName = serviceKey ?? Options.Options.DefaultName;
        builder.Services.TryAddTransient<IOptionsFactory<ConfigurationOptions>, RedisOptionsFactory>();
        builder.Services.AddKeyedSingleton(optionsName, new RedisConnectionString(settings.ConnectionString));
        builder.Services.Configure<ConfigurationOptions>(optionsName, options =>
        {
            section.GetSection("ConfigurationOptions").Bind(options);
            namedSection.GetSection("ConfigurationOptions").Bind(options);
            configureOptions?.Invoke(options);
        });

        Register(builder.Services, settings, serviceKey, provider => Connect(provider, connectionName, optionsName));

        if (!settings.DisableTracing)
        {
            builder.Services.TryAddSingleton<RedisTracing>();
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(RedisTracing.SourceName));
        }

        if (!settings.DisableHealthChecks)
        {
            AddHealthCheck(builder, serviceKey);
        }

        return new AspireRedisClientBuilder(builder, settings, serviceKey);
    }

    private static StackExchangeRedisSettings ReadSettings(
        IConfiguration configuration, IConfigurationSection section, IConfigurationSection namedSection, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        section.Bind(settings);
        namedSection.Bind(settings);

        if (configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        return settings;
    }

    private static void Register(
        IServiceCollection services, StackExchangeRedisSettings settings, string? serviceKey, Func<IServiceProvider, IConnectionMultiplexer> connect)
    {
        if (serviceKey is null)
        {
            services.AddSingleton(connect);

            if (!settings.DisableAutoActivation)
            {
                services.ActivateSingleton<IConnectionMultiplexer>();
            }
        }
        else
        {
            services.AddKeyedSingleton(serviceKey, (provider, _) => connect(provider));

            if (!settings.DisableAutoActivation)
            {
                services.ActivateKeyedSingleton<IConnectionMultiplexer>(serviceKey);
            }
        }
    }

    private static ConnectionMultiplexer Connect(IServiceProvider provider, string connectionName, string optionsName)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<ConfigurationOptions>>().Get(optionsName);

        if (options.EndPoints.Count == 0)
        {
            throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' " +
                $"or for the '{SectionName}:ConnectionString' configuration key.");
        }

        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        var connection = ConnectionMultiplexer.Connect(options);
        provider.GetService<RedisTracing>()?.Watch(connection);
        return connection;
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder, string? serviceKey)
    {
        var name = serviceKey is null ? "StackExchange.Redis" : $"StackExchange.Redis_{serviceKey}";

        if (builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                name,
                provider => new RedisHealthCheck(() => provider.GetRequiredKeyedService<IConnectionMultiplexer>(serviceKey)),
                failureStatus: null,
                tags: null));
        }
    }
}

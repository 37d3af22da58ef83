using Aspire.Npgsql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microsoft.Extensions.Hosting;

/// <summary>Gives an application a data source of PostgreSQL. Mirrors <c>Microsoft.Extensions.Hosting.AspirePostgreSqlNpgsqlExtensions</c>.</summary>
public static class AspirePostgreSqlNpgsqlExtensions
{
    private const string SectionName = "Aspire:Npgsql";

    /// <summary>
    /// Registers <see cref="NpgsqlDataSource"/> as a singleton, with health check <c>PostgreSql</c>, tracing and metrics. Mirrors
    /// <c>AspirePostgreSqlNpgsqlExtensions.AddNpgsqlDataSource</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the resource: <c>ConnectionStrings:{connectionName}</c> is its address.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <param name="configureDataSourceBuilder">Changes the data source before it is built.</param>
    public static void AddNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null) =>
        Add(builder, connectionName, serviceKey: null, configureSettings, configureDataSourceBuilder);

    /// <summary>
    /// As <see cref="AddNpgsqlDataSource"/>, registered under the key <paramref name="name"/>; the health check is <c>PostgreSql_{name}</c>.
    /// Mirrors <c>AspirePostgreSqlNpgsqlExtensions.AddKeyedNpgsqlDataSource</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The service key and the name of the connection string.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <param name="configureDataSourceBuilder">Changes the data source before it is built.</param>
    public static void AddKeyedNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string name,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null) =>
        Add(builder, name, serviceKey: name, configureSettings, configureDataSourceBuilder);

    private static void Add(
        IHostApplicationBuilder builder, string connectionName, string? serviceKey, Action<NpgsqlSettings>? configureSettings,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        NpgsqlDataSource Create(IServiceProvider provider)
        {
            var source = new NpgsqlDataSourceBuilder(Require(settings.ConnectionString, connectionName));
            source.UseLoggerFactory(provider.GetService<ILoggerFactory>());
            configureDataSourceBuilder?.Invoke(source);
            return source.Build();
        }

        if (serviceKey is null)
        {
            builder.Services.TryAddSingleton(Create);
        }
        else
        {
            builder.Services.TryAddKeyedSingleton(serviceKey, (provider, _) => Create(provider));
        }

        AddHealthAndTelemetry(builder, settings, serviceKey);
    }

    private static NpgsqlSettings ReadSettings(IConfiguration configuration, string connectionName)
    {
        var settings = new NpgsqlSettings();
        var section = configuration.GetSection(SectionName);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        if (configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        return settings;
    }

    private static string Require(string? connectionString, string connectionName) => !string.IsNullOrWhiteSpace(connectionString)
        ? connectionString
        : throw new InvalidOperationException(
            $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the 'ConnectionString' key in " +
            $"'{SectionName}' or '{SectionName}:{connectionName}' configuration section.");

    private static void AddHealthAndTelemetry(IHostApplicationBuilder builder, NpgsqlSettings settings, string? serviceKey)
    {
        var name = serviceKey is null ? "PostgreSql" : $"PostgreSql_{serviceKey}";
        if (!settings.DisableHealthChecks && builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                name,
                provider => new NpgsqlHealthCheck(() => provider.GetRequiredKeyedService<NpgsqlDataSource>(serviceKey)),
                failureStatus: null,
                tags: null));
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddNpgsql());
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Npgsql"));
        }
    }
}

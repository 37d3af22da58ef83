using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Microsoft.Extensions.Hosting;

/// <summary>Gives an application a database context on PostgreSQL. Mirrors <c>Microsoft.Extensions.Hosting.AspireEFPostgreSqlExtensions</c>.</summary>
public static class AspireEFPostgreSqlExtensions
{
    private const string SectionName = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    /// <summary>
    /// Registers a pooled context with retries, a health check named like the context, tracing and metrics. A missing connection string is
    /// reported when the context is first used. Mirrors <c>AspireEFPostgreSqlExtensions.AddNpgsqlDbContext</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the resource: <c>ConnectionStrings:{connectionName}</c> is its address.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <param name="configureDbContextOptions">Changes the context's options after Npgsql was set up.</param>
    /// <exception cref="InvalidOperationException">In development: the context is registered already.</exception>
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        if (builder.Environment.IsDevelopment() && IsRegistered<TContext>(builder.Services))
        {
            throw new InvalidOperationException(
                $"{typeof(TContext).Name} is registered already. Remove its AddDbContext, or keep it and call EnrichNpgsqlDbContext instead.");
        }

        var settings = ReadSettings<TContext>(builder.Configuration, connectionName);

        if (builder.Configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        configureSettings?.Invoke(settings);

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            RequireConnectionString(settings.ConnectionString, connectionName, typeof(TContext).Name);
            options.UseNpgsql(settings.ConnectionString, npgsql =>
            {
                if (!settings.DisableRetry)
                {
                    npgsql.EnableRetryOnFailure();
                }

                if (settings.CommandTimeout is { } seconds)
                {
                    npgsql.CommandTimeout(seconds);
                }
            });
            configureDbContextOptions?.Invoke(options);
        });

        AddHealthAndTelemetry<TContext>(builder, settings);
    }

    /// <summary>
    /// Adds retries, health check, tracing and metrics to a context that the application registered itself. A custom retrying strategy is
    /// kept. Mirrors <c>AspireEFPostgreSqlExtensions.EnrichNpgsqlDbContext</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configureSettings">Changes the settings after configuration was read.</param>
    /// <exception cref="InvalidOperationException">The context is not registered.</exception>
    public static void EnrichNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);

        var settings = ReadSettings<TContext>(builder.Configuration, connectionName: null);
        configureSettings?.Invoke(settings);

        if (!settings.DisableRetry || settings.CommandTimeout.HasValue)
        {
            if (!IsRegistered<TContext>(builder.Services))
            {
                throw new InvalidOperationException(
                    $"{typeof(TContext).Name} is not registered. Call AddDbContext or AddDbContextPool before EnrichNpgsqlDbContext.");
            }

            builder.Services.ConfigureDbContext<TContext>(options => NpgsqlOptionsEnricher.Enrich(options, settings, typeof(TContext).Name));
        }

        AddHealthAndTelemetry<TContext>(builder, settings);
    }

    private static bool IsRegistered<TContext>(IServiceCollection services) where TContext : DbContext =>
        services.Any(service => service.ServiceType == typeof(DbContextOptions<TContext>));

    private static NpgsqlEntityFrameworkCorePostgreSQLSettings ReadSettings<TContext>(IConfiguration configuration, string? connectionName)
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        var section = configuration.GetSection(SectionName);
        section.Bind(settings);

        if (connectionName is not null)
        {
            section.GetSection(connectionName).Bind(settings);
        }

        section.GetSection(typeof(TContext).Name).Bind(settings);
        return settings;
    }

    private static void RequireConnectionString(string? connectionString, string connectionName, string contextName)
    {
        // The tools of EF create contexts without a database; only a real run needs an address.
        if (string.IsNullOrWhiteSpace(connectionString) && !EF.IsDesignTime)
        {
            throw new InvalidOperationException(
                $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the 'ConnectionString' " +
                $"key in '{SectionName}' or '{SectionName}:{contextName}' configuration section.");
        }
    }

    private static void AddHealthAndTelemetry<TContext>(IHostApplicationBuilder builder, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext
    {
        var name = typeof(TContext).Name;

        if (!settings.DisableHealthChecks && builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
        {
            builder.Services.AddHealthChecks().AddDbContextCheck<TContext>(name);
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

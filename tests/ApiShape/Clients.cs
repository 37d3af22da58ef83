using Aspire.Npgsql;
using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Aspire.RabbitMQ.Client;
using Aspire.StackExchange.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ApiShape;

internal static class Clients
{
    public static void RabbitMQ(IHostApplicationBuilder builder)
    {
        builder.AddRabbitMQClient("messaging");
        builder.AddRabbitMQClient("messaging", Configure, factory => factory.ClientProvidedName = "shop");
        builder.AddKeyedRabbitMQClient("messaging");
        builder.AddKeyedRabbitMQClient("messaging", Configure, factory => factory.ClientProvidedName = "shop");

        static void Configure(RabbitMQClientSettings settings) =>
            (settings.ConnectionString, settings.MaxConnectRetryCount, settings.DisableHealthChecks, settings.DisableTracing, settings.DisableAutoActivation) =
                ("amqp://host", 5, true, true, true);
    }

    public static void Postgres<TContext>(IHostApplicationBuilder builder)
        where TContext : DbContext
    {
        builder.AddNpgsqlDbContext<TContext>("things");
        builder.AddNpgsqlDbContext<TContext>("things", Configure, options => options.EnableDetailedErrors());
        builder.EnrichNpgsqlDbContext<TContext>();
        builder.EnrichNpgsqlDbContext<TContext>(Configure);
        builder.AddNpgsqlDataSource("things");
        builder.AddNpgsqlDataSource("things", ConfigureSource, source => source.EnableParameterLogging());
        builder.AddKeyedNpgsqlDataSource("things");
        builder.AddKeyedNpgsqlDataSource("things", ConfigureSource, source => source.EnableParameterLogging());

        static void Configure(NpgsqlEntityFrameworkCorePostgreSQLSettings settings) =>
            (settings.ConnectionString, settings.DisableRetry, settings.DisableHealthChecks, settings.DisableTracing, settings.DisableMetrics, settings.CommandTimeout) =
                ("Host=host", true, true, true, true, 5);

        static void ConfigureSource(NpgsqlSettings settings) =>
            (settings.ConnectionString, settings.DisableHealthChecks, settings.DisableTracing, settings.DisableMetrics) = ("Host=host", true, true, true);
    }

    public static void Redis(IHostApplicationBuilder builder)
    {
        builder.AddRedisClient("cache");
        builder.AddRedisClient("cache", Configure, options => options.ClientName = "shop");
        builder.AddKeyedRedisClient("cache");
        builder.AddKeyedRedisClient("cache", Configure, options => options.ClientName = "shop");
        AspireRedisClientBuilder client = builder.AddRedisClientBuilder("cache", Configure, options => options.ClientName = "shop");
        AspireRedisClientBuilder keyed = builder.AddKeyedRedisClientBuilder("cache", Configure, options => options.ClientName = "shop");
        client.WithDistributedCache().WithDistributedCache(options => options.InstanceName = "shop").WithOutputCache();
        keyed.WithKeyedDistributedCache("sessions").WithKeyedDistributedCache("sessions", options => options.InstanceName = "shop");
        builder.AddRedisDistributedCache("cache");
        builder.AddRedisDistributedCache("cache", Configure, options => options.ClientName = "shop");
        builder.AddKeyedRedisDistributedCache("cache");
        builder.AddKeyedRedisDistributedCache("cache", Configure, options => options.ClientName = "shop");
        builder.AddRedisOutputCache("cache");
        builder.AddRedisOutputCache("cache", Configure, options => options.ClientName = "shop");
        builder.AddKeyedRedisOutputCache("cache");
        builder.AddKeyedRedisOutputCache("cache", Configure, options => options.ClientName = "shop");
        _ = (client.HostBuilder, client.Settings, keyed.ServiceKey, new AspireRedisClientBuilder(builder, client.Settings, serviceKey: null));

        static void Configure(StackExchangeRedisSettings settings) =>
            (settings.ConnectionString, settings.DisableHealthChecks, settings.DisableTracing, settings.DisableAutoActivation) = ("host", true, true, true);
    }
}

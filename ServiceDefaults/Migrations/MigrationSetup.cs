using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Migrations;

public static class MigrationSetup
{
    /// <summary>
    /// Creates the database of <typeparamref name="TContext"/> if it is missing and applies its migrations, before any other hosted service
    /// starts. Waits until PostgreSQL answers; replicas that start together take turns.
    /// </summary>
    public static void AddMigration<TContext>(this IHostApplicationBuilder builder) where TContext : DbContext =>
        builder.Services.AddHostedService<Migration<TContext>>();

    /// <inheritdoc cref="AddMigration{TContext}(IHostApplicationBuilder)"/>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <typeparam name="TSeed">What adds the first data.</typeparam>
    public static void AddMigration<TContext, TSeed>(this IHostApplicationBuilder builder)
        where TContext : DbContext
        where TSeed : class, ISeed
    {
        builder.Services.AddScoped<ISeed, TSeed>();
        builder.AddMigration<TContext>();
    }
}

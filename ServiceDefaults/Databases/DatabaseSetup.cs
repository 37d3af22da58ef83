using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Databases;

public static class DatabaseSetup
{
    // Seconds. Before the connection string, so that a deployment can set another value: the last value of a key counts.
    // All services together share what PostgreSQL accepts. Without a bound, a busy one takes it all, and a service that starts at that time
    // gets no connection for minutes. The event bus needs up to 20 of the 24.
    private const string Defaults = "Timeout=2;Maximum Pool Size=24";

    /// <summary>
    /// Registers <typeparamref name="TContext"/> over the PostgreSQL database with this connection name: names in snake case, health check,
    /// traces, and retries that end within a second, so that a request is answered soon while the database is down.
    /// </summary>
    public static void AddDatabase<TContext>(
        this IHostApplicationBuilder builder, string name, Action<DbContextOptionsBuilder>? configure = null) where TContext : DbContext =>
        builder.AddNpgsqlDbContext<TContext>(
            name,
            settings => (settings.ConnectionString, settings.DisableRetry) = (WithDefaults(settings.ConnectionString), true),
            options =>
            {
                options.UseNpgsql(npgsql => npgsql.ExecutionStrategy(dependencies => new ShortRetries(dependencies)));
                options.UseSnakeCaseNamingConvention();
                options.ConfigureWarnings(LogNoErrors);
                configure?.Invoke(options);
            });

    /// <summary>
    /// The connection string with a time-out of 2 s for connecting and at most 24 connections, unless it sets others. Null stays null: the
    /// address is missing.
    /// </summary>
    public static string? WithDefaults(string? connectionString) =>
        string.IsNullOrWhiteSpace(connectionString) ? connectionString : $"{Defaults};{connectionString}";

    /// <summary>
    /// The code that handles an exception logs it. EF Core would also log it for each attempt, with its stack: thousands of lines a second
    /// while a database is down.
    /// </summary>
    private static void LogNoErrors(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.CommandError, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug));
}

using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Migrations;

/// <summary>Brings a service's database to the schema of this version; <see cref="MigrationSetup"/> has the contract.</summary>
internal sealed partial class Migration<TContext>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Migration<TContext>> logger)
    : IHostedLifecycleService
    where TContext : DbContext
{
    // An arbitrary number that no other lock in the service's database uses.
    private const long Turn = 0x5348_4f50;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();

                // Starts tracing before the seed. Tracing is a hosted service and would start later, so each message of the seed would get
                // its own trace.
                scope.ServiceProvider.GetService<TracerProvider>();
                var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
                await using var turn = await TakeTurnAsync(database, cancellationToken);
                await database.MigrateAsync(cancellationToken);
                foreach (var seed in scope.ServiceProvider.GetServices<ISeed>())
                {
                    await seed.RunAsync(cancellationToken);
                }

                return;
            }
            catch (Exception exception) when (IsUnreachable(exception))
            {
                LogUnreachable(pause.TotalSeconds, exception.GetBaseException().Message);
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not pooled: closing the connection ends its session, and with it the lock.
    private async Task<NpgsqlConnection> TakeTurnAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.GetConnectionString()) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);

        try
        {
            await OpenAsync(connection, database, cancellationToken);
            await using var command = new NpgsqlCommand($"select pg_advisory_lock({Turn})", connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Not EF's ExistsAsync: it retries a failed connection for a minute before it reports it.
    private async Task OpenAsync(NpgsqlConnection connection, DatabaseFacade database, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(database, connection.Database, cancellationToken);
            await connection.OpenAsync(cancellationToken);
        }
    }

    private async Task CreateAsync(DatabaseFacade database, string name, CancellationToken cancellationToken)
    {
        LogCreating(name);

        try
        {
            await database.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // Another replica created it.
        }
    }

    private static bool IsUnreachable(Exception? exception) => exception is not null
        && (exception is SocketException or TimeoutException or NpgsqlException { IsTransient: true }
            || IsUnreachable(exception.InnerException));
}

using System.Globalization;
using EventBus.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.Postgres;

/// <summary>The outbox in table <c>messaging.outbox</c> of the service's database.</summary>
internal sealed class PostgresOutbox<TContext>(IServiceScopeFactory scopes, EventBusOptions options, TimeProvider clock) : IOutbox
    where TContext : DbContext
{
    // Counts up to a limit, so that measuring a long backlog stays cheap. The oldest message of each partition is its first row.
    private static readonly string MeasureSql = $"""
        select (select count(*) from (select 1 from messaging.outbox limit 100000) counted),
               (select min(first.created_at) from generate_series(0, {Partition.Count - 1}) partitions(number) cross join lateral (
                    select created_at from messaging.outbox where partition = partitions.number order by id limit 1) first),
               pg_stat_get_dead_tuples('messaging.outbox'::regclass),
               (select greatest(max(clock_timestamp() - xact_start), interval '0') from pg_stat_activity
                where datname = current_database() and (backend_xmin is not null or backend_xid is not null)
                    and backend_type = 'client backend' and pid <> pg_backend_pid())
        """;

    private const string Channel = "eventbus_outbox";
    private const string NotifySql = $"select pg_notify('{Channel}', partition::text) from unnest($1) partition";
    private static readonly TimeSpan ListenProbe = TimeSpan.FromSeconds(30);

    public async Task<IOutboxLease?> TryAcquireAsync(short partition, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var connection = await OpenAsync(scope, cancellationToken);
            if (await PostgresOutboxLease.TryLockAsync(connection, partition, options.LeaseIdleLimit, cancellationToken))
            {
                return new PostgresOutboxLease(scope, connection, partition, clock);
            }
        }
        catch (PostgresException notYet) when (PostgresFaults.IsMissingSchema(notYet))
        {
            // The service has not applied its migrations yet.
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }

        await scope.DisposeAsync();
        return null;
    }

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var connection = await OpenAsync(scope, cancellationToken);
        await using var command = new NpgsqlCommand(MeasureSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new OutboxBacklog(
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(1),
            new OutboxHorizon(
                reader.GetInt64(2), await reader.IsDBNullAsync(3, cancellationToken) ? TimeSpan.Zero : reader.GetTimeSpan(3)));
    }

    public async Task NotifyAsync(IReadOnlyCollection<short> partitions, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var command = new NpgsqlCommand(NotifySql, await OpenAsync(scope, cancellationToken));
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. partitions] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ListenAsync(Action<short> onNotified, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var connection = await OpenAsync(scope, cancellationToken);
        connection.Notification += OnNotification;
        try
        {
            await ExecuteAsync($"listen {Channel}", cancellationToken);
            while (true)
            {
                // A connection that was cut silently fails only on use.
                if (!await connection.WaitAsync(ListenProbe, cancellationToken))
                {
                    await ExecuteAsync("select", cancellationToken);
                }
            }
        }
        finally
        {
            connection.Notification -= OnNotification;
            await connection.LeaveAsync("unlisten *");
        }

        void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
        {
            if (short.TryParse(notification.Payload, CultureInfo.InvariantCulture, out var partition)
                && partition is >= 0 and < Partition.Count)
            {
                onNotified(partition);
            }
        }

        async Task ExecuteAsync(string sql, CancellationToken token)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(token);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(AsyncServiceScope scope, CancellationToken cancellationToken)
    {
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        await database.OpenConnectionAsync(cancellationToken);
        return (NpgsqlConnection)database.GetDbConnection();
    }
}

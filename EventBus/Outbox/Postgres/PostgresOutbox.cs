using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.Outbox.Postgres;

/// <summary>The outbox in table <c>messaging.outbox</c> of the service's database.</summary>
internal sealed class PostgresOutbox<TContext>(IServiceScopeFactory scopes, EventBusOptions options, TimeProvider time) : IOutbox
    where TContext : DbContext
{
    // A ceiling keeps the measurement cheap where the backlog is so long that its exact length no longer matters.
    private const string MeasureSql = """
        select (select count(*) from (select 1 from messaging.outbox limit 100000) counted),
               (select min(created_at) from (select created_at from messaging.outbox order by partition, id limit 1) oldest),
               pg_stat_get_dead_tuples('messaging.outbox'::regclass),
               (select greatest(max(clock_timestamp() - xact_start), interval '0') from pg_stat_activity
                where datname = current_database() and backend_xmin is not null and backend_type = 'client backend' and pid <> pg_backend_pid())
        """;

    private const string Channel = "eventbus_outbox";
    private const string NotifySql = $"select pg_notify('{Channel}', partition::text) from unnest($1) partition";
    private static readonly TimeSpan ListenProbe = TimeSpan.FromSeconds(30);

    // A relay that is well speaks after each confirm and each sweep. While the broker is away or takes nothing it does not, and then the lane is
    // anybody's.
    private TimeSpan IdleLimit => TimeSpan.FromSeconds(20) + (2 * (options.BrokerTimeout + options.SweepInterval));

    public async Task<IOutboxLease?> TryAcquireAsync(short partition, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var connection = await OpenAsync(scope, cancellationToken);
            if (await PostgresOutboxLease.TryLockAsync(connection, partition, IdleLimit, cancellationToken))
            {
                return new PostgresOutboxLease(scope, connection, partition, time);
            }
        }
        catch (PostgresException notYet) when (notYet.IsMissingSchema())
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
        connection.Notification += Hear;
        try
        {
            await ExecuteAsync($"listen {Channel}", cancellationToken);
            while (true)
            {
                // A link that is cut in silence shows only when something is asked over it.
                if (!await connection.WaitAsync(ListenProbe, cancellationToken))
                {
                    await ExecuteAsync("select", cancellationToken);
                }
            }
        }
        finally
        {
            connection.Notification -= Hear;
            await connection.LeaveAsync("unlisten *");
        }

        void Hear(object sender, NpgsqlNotificationEventArgs told)
        {
            if (short.TryParse(told.Payload, CultureInfo.InvariantCulture, out var partition) && partition is >= 0 and < Partition.Count)
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

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.Outbox.Postgres;

/// <summary>The outbox in table <c>messaging.outbox</c> of the service's database.</summary>
internal sealed class PostgresOutbox<TContext>(IServiceScopeFactory scopes, EventBusOptions options) : IOutbox
    where TContext : DbContext
{
    // A ceiling keeps the measurement cheap where the backlog is so long that its exact length no longer matters.
    private const string MeasureSql = """
        select (select count(*) from (select 1 from messaging.outbox limit 100000) counted),
               (select min(created_at) from (select created_at from messaging.outbox order by partition, id limit 1) oldest)
        """;

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
                return new PostgresOutboxLease(scope, connection, partition);
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
            reader.GetInt64(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    private static async Task<NpgsqlConnection> OpenAsync(AsyncServiceScope scope, CancellationToken cancellationToken)
    {
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        await database.OpenConnectionAsync(cancellationToken);
        return (NpgsqlConnection)database.GetDbConnection();
    }
}

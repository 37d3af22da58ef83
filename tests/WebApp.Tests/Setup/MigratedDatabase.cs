using Microsoft.EntityFrameworkCore;
using Npgsql;
using Servers;
using WebApp.Identity;

namespace WebApp.Tests.Setup;

/// <summary>Databases with the current schema. It is migrated once and copied, because migrations take longer than most tests.</summary>
internal static class MigratedDatabase
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static string? _template;

    /// <summary>Returns the connection string of a new database.</summary>
    public static async Task<string> CreateAsync(ShopServers servers, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        try
        {
            _template ??= await MigrateAsync(await servers.CreateDatabaseAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            Turn.Release();
        }

        return await servers.CreateDatabaseAsync(cancellationToken, _template);
    }

    private static async Task<string> MigrateAsync(string database, CancellationToken cancellationToken)
    {
        // PostgreSQL copies only a database without connections.
        var connection = new NpgsqlConnectionStringBuilder(database) { Pooling = false };
        var options = new DbContextOptionsBuilder<IdentityContext>().UseNpgsql(connection.ConnectionString).UseSnakeCaseNamingConvention();
        await using var context = new IdentityContext(options.Options);
        await context.Database.MigrateAsync(cancellationToken);
        return connection.Database!;
    }
}

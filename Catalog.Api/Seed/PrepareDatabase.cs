using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Catalog.Api.Seed;

/// <summary>
/// Brings the database to this version's schema and fills it when it is empty, before anything else of the service starts. Waits as long
/// as it takes for PostgreSQL; the broker is not needed.
/// </summary>
public sealed partial class PrepareDatabase(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PrepareDatabase> logger) : IHostedService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<CatalogContext>().Database.MigrateAsync(cancellationToken);
                await scope.ServiceProvider.GetRequiredService<SeedCatalog>().RunAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (IsUnreachable(exception))
            {
                LogWaiting(pause.TotalSeconds, exception.GetBaseException().Message);
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsUnreachable(Exception exception) => exception.GetBaseException() is SocketException or TimeoutException
        || exception is NpgsqlException { IsTransient: true } || exception.InnerException is NpgsqlException { IsTransient: true };
}

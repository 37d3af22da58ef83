using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal;

namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>Adds retry and time-out to options that the application has written already, or says why that would contradict them.</summary>
internal static class NpgsqlOptionsEnricher
{
#pragma warning disable EF1001 // What the application chose can only be read from Npgsql's own options extension.
    public static void Enrich(DbContextOptionsBuilder options, NpgsqlEntityFrameworkCorePostgreSQLSettings settings, string contextName)
    {
        var chosen = options.Options.FindExtension<NpgsqlOptionsExtension>();

        if (settings.CommandTimeout is { } seconds && chosen?.CommandTimeout is { } other && other != seconds)
        {
            throw new InvalidOperationException(
                $"CommandTimeout is {seconds} in {nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings)} and {other} in DbContextOptions<{contextName}>.");
        }

        options.UseNpgsql(npgsql =>
        {
            if (!settings.DisableRetry && NeedsRetry(chosen, options))
            {
                npgsql.EnableRetryOnFailure();
            }

            if (settings.CommandTimeout is { } seconds)
            {
                npgsql.CommandTimeout(seconds);
            }
        });
    }

    private static bool NeedsRetry(NpgsqlOptionsExtension? chosen, DbContextOptionsBuilder options)
    {
        var strategy = chosen?.ExecutionStrategyFactory?.Invoke(new ExecutionStrategyDependencies(null!, options.Options, null!));

        return strategy switch
        {
            null => true,
            NpgsqlRetryingExecutionStrategy => false,
            _ when strategy.GetType() == typeof(NpgsqlExecutionStrategy) => true,
            _ => throw new InvalidOperationException(
                $"{strategy.GetType().Name} is a custom execution strategy: set " +
                $"{nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings)}.{nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings.DisableRetry)} to keep it."),
        };
    }
#pragma warning restore EF1001
}

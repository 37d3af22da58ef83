using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Migrations;

internal sealed partial class Migration<TContext>
{
    [LoggerMessage(LogLevel.Information, "Creating the database {Database}, which is missing.")]
    private partial void LogCreating(string database);

    [LoggerMessage(LogLevel.Warning, "PostgreSQL does not answer yet; retrying in {Seconds} s: {Reason}")]
    private partial void LogUnreachable(double seconds, string reason);
}

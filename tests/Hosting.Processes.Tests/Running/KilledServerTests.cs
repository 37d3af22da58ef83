using Npgsql;

namespace Hosting.Processes.Tests.Running;

public sealed class KilledServerTests
{
    [Fact]
    public async Task PostgreSqlWithoutAVolume_KeepsWhatWasCommittedJustBefore()
    {
        await using var app = await Application.StartHealthyAsync(["things"], builder =>
            builder.AddPostgres("database").RunAsProcess().AddDatabase("things"));

        await using (var connection = new NpgsqlConnection($"{await app.ConnectionStringAsync("things")};Pooling=false"))
        {
            await connection.OpenAsync(Application.Deadline);
            await ExecuteAsync(connection, "create table notes (text text)");
            await ExecuteAsync(connection, "insert into notes values ('kept')");

            // Whether there is still an answer depends on how fast the server ends.
            await Record.ExceptionAsync(
                () => ExecuteAsync(connection, "copy (select 1) to program 'kill -KILL $(head -n 1 postmaster.pid)'"));
        }

        await app.ResourceNotifications.WaitForResourceAsync("database", KnownResourceStates.TerminalStates, Application.Deadline);
        await app.CommandAsync("database", KnownResourceCommands.StartCommand);
        await app.HealthyAsync("things");

        Assert.Equal("kept", await app.SqlAsync("things", "select text from notes"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Application.Deadline);
    }
}

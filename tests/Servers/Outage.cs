using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Servers;

/// <summary>How a part fails.</summary>
public enum Failure
{
    /// <summary>Its process is stopped: connections are refused.</summary>
    Stopped,

    /// <summary>Its process receives SIGKILL.</summary>
    Killed,

    /// <summary>Its process receives SIGSTOP: connections open, and nothing answers.</summary>
    Frozen,

    /// <summary>The database refuses connections; its server serves the other ones.</summary>
    Refused,
}

/// <summary>A part of the shop that does not work until this is disposed.</summary>
public sealed class Outage : IAsyncDisposable
{
    private readonly DistributedApplication _app;
    private readonly string _part;
    private readonly Failure _failure;
    private readonly int[] _processes;

    private Outage(DistributedApplication app, string part, Failure failure, int[] processes) =>
        (_app, _part, _failure, _processes) = (app, part, failure, processes);

    public static async Task<Outage> BeginAsync(
        DistributedApplication app, string part, Failure failure, CancellationToken cancellationToken)
    {
        var outage = new Outage(
            app, part, failure, failure is Failure.Frozen or Failure.Killed ? ProcessesOf(app, part) : []);
        switch (failure)
        {
            case Failure.Stopped:
                await app.ExecuteAsync(part, "stop", KnownResourceStates.TerminalStates, cancellationToken);
                break;

            case Failure.Killed:
                await outage.SignalAsync("KILL", cancellationToken);
                await app.ResourceNotifications.WaitForResourceAsync(part, KnownResourceStates.TerminalStates, cancellationToken);
                break;

            case Failure.Frozen:
                await outage.SignalAsync("STOP", cancellationToken);
                break;

            case Failure.Refused:
                await outage.AlterDatabaseAsync(isAllowed: false, cancellationToken);
                break;
        }

        return outage;
    }

    public async ValueTask DisposeAsync()
    {
        switch (_failure)
        {
            case Failure.Stopped or Failure.Killed:
                await _app.ExecuteAsync(_part, "start", [KnownResourceStates.Running], CancellationToken.None);
                break;

            case Failure.Frozen:
                await SignalAsync("CONT", CancellationToken.None);
                break;

            case Failure.Refused:
                await AlterDatabaseAsync(isAllowed: true, CancellationToken.None);
                break;
        }
    }

    private static int[] ProcessesOf(DistributedApplication app, string part) => app.ProcessIdOf(part) is { } id
        ? [.. ProcessTree.Under([id]).Select(process => process.Id)]
        : throw new NotSupportedException($"'{part}' is not a process of this machine: set Shop:Servers to 'processes'.");

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start(
            "kill", [$"-{signal}", .. _processes.Where(ProcessTree.IsAlive).Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    private async Task AlterDatabaseAsync(bool isAllowed, CancellationToken cancellationToken)
    {
        var server = await _app.GetConnectionStringAsync("postgres", cancellationToken);
        await using var source = NpgsqlDataSource.Create($"{server};Database=postgres;Pooling=false");
        await using var alter = source.CreateCommand($"alter database {_part} allow_connections {isAllowed}");
        await alter.ExecuteNonQueryAsync(cancellationToken);
        await using var end = source.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1");
        end.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _part });
        await end.ExecuteNonQueryAsync(cancellationToken);
    }
}

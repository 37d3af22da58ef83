using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Processes;

/// <summary>RabbitMQ's own command-line tool, for a broker that runs as a process of this machine.</summary>
public static class RabbitMQControlExtensions
{
    /// <summary>Runs <c>rabbitmqctl</c> on the broker, with the cookie of its run.</summary>
    /// <param name="broker">The broker. It must be running.</param>
    /// <param name="services">The services of the app host.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="cancellationToken">Kills the tool.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="DistributedApplicationException">The broker is not a running process, or the command failed.</exception>
    public static async Task<string> ControlAsync(
        this RabbitMQServerResource broker, IServiceProvider services, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        Prepare(start, EnvironmentOf(broker, services), broker.Name);
        foreach (var argument in (string[])["--quiet", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var tool = Process.Start(start)!;
        try
        {
            var said = await Task.WhenAll(
                tool.StandardOutput.ReadToEndAsync(cancellationToken), tool.StandardError.ReadToEndAsync(cancellationToken));
            await tool.WaitForExitAsync(cancellationToken);
            return tool.ExitCode == 0
                ? said[0].Trim()
                : throw new DistributedApplicationException(
                    $"rabbitmqctl {string.Join(' ', arguments)} failed: {string.Join(' ', said).Trim()}");
        }
        catch (OperationCanceledException)
        {
            tool.Kill(entireProcessTree: true);
            throw;
        }
    }

    // The environment that the script of the server got.
    private static Dictionary<string, string> EnvironmentOf(RabbitMQServerResource broker, IServiceProvider services) =>
        services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(broker.Name, out var state)
        && state.Snapshot.State?.Text == KnownResourceStates.Running
        && state.Snapshot.EnvironmentVariables.ToDictionary(variable => variable.Name, variable => variable.Value ?? "") is var variables
        && variables.ContainsKey("ASPIRE_SERVER_BIN")
            ? variables
            : throw new DistributedApplicationException($"'{broker.Name}' is not a running process of this machine.");

    // The tool connects to the broker's own port, without Erlang's port mapper, and accepts no connection itself.
    private static void Prepare(ProcessStartInfo start, Dictionary<string, string> server, string name)
    {
        var run = server["ASPIRE_SERVER_RUN"];
        start.FileName = Path.Combine(Path.GetDirectoryName(server["ASPIRE_SERVER_BIN"])!, "rabbitmqctl");
        start.WorkingDirectory = run;
        start.Environment["HOME"] = run;
        start.Environment["RABBITMQ_NODENAME"] = server.GetValueOrDefault("RABBITMQ_NODENAME", $"{name}@localhost");
        start.Environment["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(run, "none");
        start.Environment["RABBITMQ_CTL_ERL_ARGS"] =
            $"-start_epmd false -erl_epmd_port {server["ASPIRE_SERVER_DIST_PORT"]} -dist_listen false";
    }
}

using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Servers;

/// <summary>Resources of a running AppHost.</summary>
public static class ResourceControl
{
    /// <summary>
    /// The process that Aspire's orchestrator started for a resource, or for one replica; null if it has none, as a container.
    /// </summary>
    public static int? ProcessIdOf(this DistributedApplication app, string resource) =>
        app.ResourceNotifications.TryGetCurrentState(resource, out var state)
        && state.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } id
            ? Convert.ToInt32(id, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Executes a command of a resource, and waits until the resource is in one of these states.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static async Task ExecuteAsync(
        this DistributedApplication app, string resource, string command, IEnumerable<string> states, CancellationToken cancellationToken)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(resource, command, cancellationToken);
        if (!result.Success)
        {
            throw new InvalidOperationException($"{command} of {resource}: {result.Message}");
        }

        await app.ResourceNotifications.WaitForResourceAsync(resource, states, cancellationToken);
    }

    /// <summary>The names of a resource's running processes: one for each replica, as in <c>catalog-api-xkqwtyzn</c>.</summary>
    public static async Task<IReadOnlyList<string>> ReplicasOfAsync(
        this DistributedApplication app, string resource, CancellationToken cancellationToken)
    {
        var replicas = new HashSet<string>();
        await foreach (var one in app.ResourceNotifications.WatchAsync(cancellationToken))
        {
            if (one.Resource.Name == resource && one.Snapshot.State?.Text == KnownResourceStates.Running
                && replicas.Add(one.ResourceId) && replicas.Count == one.Resource.GetReplicaCount())
            {
                break;
            }
        }

        return [.. replicas];
    }

    /// <summary>Restarts one replica of a resource, and waits until the new process answers that it is healthy.</summary>
    public static async Task RestartAsync(
        this DistributedApplication app, string resource, string replica, CancellationToken cancellationToken)
    {
        await app.ExecuteOnReplicaAsync(replica, KnownResourceCommands.StopCommand, cancellationToken);
        await app.StartReplicaAsync(resource, replica, cancellationToken);
    }

    /// <summary>
    /// Kills the process of one replica, starts the replica again, and waits until the new process answers that it is healthy.
    /// </summary>
    public static async Task KillAndStartAsync(
        this DistributedApplication app, string resource, string replica, CancellationToken cancellationToken)
    {
        using (var process = Process.GetProcessById(app.ProcessIdOf(replica)!.Value))
        {
            process.Kill();
        }

        await app.StartReplicaAsync(resource, replica, cancellationToken);
    }

    private static async Task StartReplicaAsync(
        this DistributedApplication app, string resource, string replica, CancellationToken cancellationToken)
    {
        await app.WaitForReplicaAsync(resource, replica, KnownResourceStates.TerminalStates, cancellationToken);
        await app.ExecuteOnReplicaAsync(replica, KnownResourceCommands.StartCommand, cancellationToken);
        var running = await app.WaitForReplicaAsync(resource, replica, [KnownResourceStates.Running], cancellationToken);

        using var http = new HttpClient { BaseAddress = AddressOf(running) };
        while (!await IsHealthyAsync(http, cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static async Task ExecuteOnReplicaAsync(
        this DistributedApplication app, string replica, string command, CancellationToken cancellationToken)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(replica, command, cancellationToken);
        if (!result.Success)
        {
            throw new InvalidOperationException($"{command} of {replica}: {result.Message}");
        }
    }

    private static Task<ResourceEvent> WaitForReplicaAsync(
        this DistributedApplication app, string resource, string replica, IReadOnlyList<string> states,
        CancellationToken cancellationToken) =>
        app.ResourceNotifications.WaitForResourceAsync(
            resource, one => one.ResourceId == replica && states.Contains(one.Snapshot.State?.Text), cancellationToken);

    /// <summary>Where this process itself listens; the address of the resource leads to any of its replicas.</summary>
    private static Uri AddressOf(ResourceEvent replica) => new(
        replica.Snapshot.EnvironmentVariables.Single(variable => variable.Name == "ASPNETCORE_URLS").Value!);

    private static async Task<bool> IsHealthyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("health", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not started yet.
            return false;
        }
    }
}

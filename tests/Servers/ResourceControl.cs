using System.Globalization;
using Aspire.Hosting;

namespace Servers;

/// <summary>Resources of a running AppHost.</summary>
public static class ResourceControl
{
    /// <summary>The process that Aspire's orchestrator started for a resource; null if it has none, as a container.</summary>
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
}

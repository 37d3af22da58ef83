using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Hosting.Processes.Model;

/// <summary>
/// Stops the apps before the servers. Aspire's orchestrator stops everything at the same time and kills what is still running after six
/// seconds, and an app that has lost its servers and the dashboard would wait for them that long.
/// </summary>
internal sealed class StopAppsFirst(
    ProcessServers servers, ResourceCommandService commands, ResourceNotificationService notifications,
    IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    private const string Dashboard = "aspire-dashboard";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The last change of each instance of an app. An app with replicas has several.</summary>
    private readonly ConcurrentDictionary<string, ResourceEvent> _instances = new();

    // Before the orchestrator starts: an app may run, and be stopped, before everything has started.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = WatchAsync(lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await Task.WhenAll(_instances.Values.Where(IsRunning).Select(instance => StopAsync(instance, patience.Token)));
        }
        catch (OperationCanceledException)
        {
            // The orchestrator kills the apps that did not stop in time.
        }

        servers.MarkStopping();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (IsApp(change.Resource))
                {
                    _instances[change.ResourceId] = change;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private static bool IsApp(IResource resource) =>
        resource is ProjectResource || (resource is ExecutableResource and not ProcessServerResource && resource.Name != Dashboard);

    /// <summary>Whether there is something to stop. The stop command of an app that was never started does not end.</summary>
    private static bool IsRunning(ResourceEvent instance) =>
        instance.Snapshot.State?.Text is { } state
        && state != KnownResourceStates.NotStarted
        && !KnownResourceStates.TerminalStates.Contains(state);

    // The command polls for the end of an app once a second; the notification of its state comes at once.
    private async Task StopAsync(ResourceEvent instance, CancellationToken cancellationToken) => await await Task.WhenAny(
        commands.ExecuteCommandAsync(instance.ResourceId, KnownResourceCommands.StopCommand, cancellationToken),
        notifications.WaitForResourceAsync(
            instance.Resource.Name, change => change.ResourceId == instance.ResourceId && !IsRunning(change), cancellationToken));
}

using Microsoft.Extensions.Hosting;

namespace Hosting.Processes.Model;

/// <summary>
/// Stops the apps before the servers. Aspire's orchestrator stops everything at the same time and kills what is still running after six
/// seconds, and an app that has lost its servers and the dashboard would wait for them that long.
/// </summary>
internal sealed class StopAppsFirst(
    ProcessServers servers, DistributedApplicationModel model, ResourceCommandService commands,
    ResourceNotificationService notifications) : IHostedService
{
    private const string Dashboard = "aspire-dashboard";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var apps = model.Resources.Where(resource =>
            resource is ProjectResource || (resource is ExecutableResource and not ProcessServerResource && resource.Name != Dashboard));
        try
        {
            await Task.WhenAll(apps.Select(app => StopAsync(app, patience.Token)));
        }
        catch (OperationCanceledException)
        {
            // The orchestrator kills the apps that did not stop in time.
        }

        servers.MarkStopping();
    }

    // The command polls for the end of an app once a second; the notification of its state comes at once.
    private async Task StopAsync(IResource app, CancellationToken cancellationToken)
    {
        var stopping = commands.ExecuteCommandAsync(app, KnownResourceCommands.StopCommand, cancellationToken);
        await await Task.WhenAny(
            stopping, notifications.WaitForResourceAsync(app.Name, KnownResourceStates.TerminalStates, cancellationToken));
    }
}

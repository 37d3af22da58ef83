using Microsoft.Extensions.Hosting;

namespace Hosting.Processes.Model;

/// <summary>
/// Stops the apps before the servers. Aspire's orchestrator stops everything at the same moment and kills what has not ended after six seconds:
/// an app whose servers and dashboard have gone waits for them.
/// </summary>
internal sealed class StopAppsFirst(
    ProcessServers servers, DistributedApplicationModel model, ResourceCommandService commands, ResourceNotificationService notifications) : IHostedService
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
            // The orchestrator ends what has not stopped by itself.
        }

        servers.MarkStopping();
    }

    // The command looks for the end of an app once a second; a change of state is known at once.
    private async Task StopAsync(IResource app, CancellationToken cancellationToken)
    {
        var stopping = commands.ExecuteCommandAsync(app, KnownResourceCommands.StopCommand, cancellationToken);
        await await Task.WhenAny(stopping, notifications.WaitForResourceAsync(app.Name, KnownResourceStates.TerminalStates, cancellationToken));
    }
}

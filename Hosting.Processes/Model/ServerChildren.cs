using Aspire.Hosting.Eventing;

namespace Hosting.Processes.Model;

/// <summary>
/// The databases of a server. Aspire forwards state and connection string to the children of a container, but not to those of a process.
/// </summary>
internal sealed class ServerChildren(
    ProcessServerResource server,
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services)
{
    public IReadOnlyList<IResource> All { get; } =
        [.. model.Resources.Where(resource => resource is IResourceWithParent child && child.Parent == server.Server)];

    public async Task PublishConnectionStringsAsync(CancellationToken cancellationToken)
    {
        foreach (var child in All.OfType<IResourceWithConnectionString>())
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(child, services), cancellationToken);
        }
    }

    public async Task PublishStoppedAsync(ResourceEvent stopped, CancellationToken cancellationToken)
    {
        foreach (var child in All)
        {
            await eventing.PublishAsync(new ResourceStoppedEvent(child, services, stopped), cancellationToken);
        }
    }

    public async Task PublishStateAsync(string state)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var child in All)
        {
            await notifications.PublishUpdateAsync(child, snapshot => snapshot with
            {
                State = state,
                StartTimeStamp = state == KnownResourceStates.Running ? now : snapshot.StartTimeStamp,
                StopTimeStamp = KnownResourceStates.TerminalStates.Contains(state) ? now : null,
            });
        }
    }
}

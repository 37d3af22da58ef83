using Aspire.Hosting.Servers;

namespace Aspire.Hosting.Run;

/// <summary>
/// The life of a resource that has nothing for the engine to start, such as one of a user's own: whoever wrote it tells its states, and when it
/// is ready is found out here, each time it runs. As in Aspire, it waits for others only if its code publishes that it is about to start.
/// </summary>
internal sealed class CustomLife(IResource resource, ResourceStatus status, ResourceNotificationService notifications)
{
    public static bool IsOf(IResource resource) =>
        resource is not (ProjectResource or ExecutableResource or ContainerResource or ParameterResource or ExternalServiceResource
            or IResourceWithParent or IResourceWithConnectionString)
        && !resource.HasAnnotationOfType<NativeServerAnnotation>() && !resource.HasAnnotationOfType<PreparationAnnotation>();

    public async Task LiveAsync(Func<CancellationToken, Task> becomeReadyAsync, CancellationToken cancellationToken)
    {
        CancellationTokenSource? run = null;
        var watching = Task.CompletedTask;
        try
        {
            await foreach (var happened in notifications.WatchAsync(cancellationToken))
            {
                var state = happened.ResourceId == resource.Name ? happened.Snapshot.State?.Text : null;
                if (state == KnownResourceStates.Running && run is null)
                {
                    run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    watching = becomeReadyAsync(run.Token);
                }
                else if (state is not null && KnownResourceStates.TerminalStates.Contains(state) && run is not null)
                {
                    await EndAsync();
                    run = null;
                    await status.SetNotReadyAsync();
                }
            }
        }
        finally
        {
            await EndAsync();
        }

        async Task EndAsync()
        {
            if (run is not null)
            {
                await run.CancelAsync();
                await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                run.Dispose();
            }
        }
    }
}

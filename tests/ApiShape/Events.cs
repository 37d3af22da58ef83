using Aspire.Hosting.Eventing;

namespace ApiShape;

internal static class Events
{
    public static async Task SubscribeAsync(IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> app, IResourceBuilder<RedisResource> store)
    {
        IDistributedApplicationBuilder same = builder.OnBeforeStart((happened, cancellationToken) =>
        {
            _ = (happened.Services, happened.Model.Resources.Count, cancellationToken);
            return Task.CompletedTask;
        });
        app.OnInitializeResource((resource, happened, cancellationToken) =>
            {
                _ = (happened.Resource, happened.Eventing, happened.Logger, happened.Notifications, happened.Services, resource.Name, cancellationToken);
                return Task.CompletedTask;
            })
            .OnResourceEndpointsAllocated((_, happened, _) => NoteAsync(happened))
            .OnBeforeResourceStarted((_, happened, _) => NoteAsync(happened))
            .OnResourceReady((_, happened, _) => NoteAsync(happened))
            .OnResourceStopped((_, happened, _) => NoteAsync(happened, happened.ResourceEvent.Snapshot.ExitCode));
        store.OnConnectionStringAvailable((_, happened, _) => NoteAsync(happened));

        DistributedApplicationEventSubscription own = same.Eventing.Subscribe<Own>((_, _) => Task.CompletedTask);
        DistributedApplicationEventSubscription ready = same.Eventing.Subscribe<ResourceReadyEvent>(app.Resource, (_, _) => Task.CompletedTask);
        DistributedApplicationEventSubscription created = same.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => Task.CompletedTask);
        await same.Eventing.PublishAsync(new Own());
        await same.Eventing.PublishAsync(new Own(), EventDispatchBehavior.BlockingConcurrent);
        same.Eventing.Unsubscribe(own);
        _ = (ready.Callback, created.Callback);
    }

    private static Task NoteAsync(IDistributedApplicationResourceEvent happened, int? exitCode = null)
    {
        _ = (happened.Resource, happened.Services, exitCode);
        return Task.CompletedTask;
    }

    private sealed class Own : IDistributedApplicationEvent;
}

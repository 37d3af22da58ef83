using Aspire.Hosting.Eventing;

namespace Hosting.Processes.Model;

// Aspire's events, repeated for the subscribers of the original server resource. A subscription compares the Resource of the interface,
// which is the original server. Aspire's own handlers read the Resource of the class, which must be the instance in the model, because
// ResourceNotificationService rejects a second instance with the same name.
internal sealed class ServerConnectionStringAvailableEvent(ProcessServerResource process, IServiceProvider services)
    : ConnectionStringAvailableEvent(process, services), IDistributedApplicationResourceEvent
{
    IResource IDistributedApplicationResourceEvent.Resource => process.Server;
}

internal sealed class BeforeServerStartedEvent(ProcessServerResource process, IServiceProvider services)
    : BeforeResourceStartedEvent(process, services), IDistributedApplicationResourceEvent
{
    IResource IDistributedApplicationResourceEvent.Resource => process.Server;
}

internal sealed class ServerReadyEvent(ProcessServerResource process, IServiceProvider services)
    : ResourceReadyEvent(process, services), IDistributedApplicationResourceEvent
{
    IResource IDistributedApplicationResourceEvent.Resource => process.Server;
}

internal sealed class ServerStoppedEvent(ProcessServerResource process, IServiceProvider services, ResourceEvent stopped)
    : ResourceStoppedEvent(process, services, stopped), IDistributedApplicationResourceEvent
{
    IResource IDistributedApplicationResourceEvent.Resource => process.Server;
}

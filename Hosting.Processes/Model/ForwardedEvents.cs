using Aspire.Hosting.Eventing;

namespace Hosting.Processes.Model;

// Aspire's events for those who subscribed to the server. A subscription compares the interface's Resource with the server, while Aspire's own
// handlers read the class's Resource, which must be the instance in the model: ResourceNotificationService rejects a second one of the same name.
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

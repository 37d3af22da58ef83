using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;

namespace Hosting.Processes.Model;

/// <summary>Replaces the servers when the model is complete, so that the order of the builder's calls does not matter.</summary>
internal sealed class ProcessServersSubscriber(ProcessServers servers) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
    {
        if (context.IsRunMode)
        {
            eventing.Subscribe<BeforeStartEvent>((started, token) => servers.ReplaceAsync(started.Model, eventing, token));
        }

        return Task.CompletedTask;
    }
}

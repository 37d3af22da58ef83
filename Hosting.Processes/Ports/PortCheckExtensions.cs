using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Hosting.Processes.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Reports ports in use before anything starts.</summary>
public static class PortCheckExtensions
{
    /// <summary>
    /// Ends the start if a fixed port of the model or of Aspire's dashboard is in use. The message names each such port, who needs it and, on
    /// Linux, the process that has it. Ports of an earlier AppHost that was killed are waited for, 30 seconds at most.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Does nothing in publish mode. Ports of the model are not checked with <c>DcpPublisher:RandomizePorts</c>.</remarks>
    public static IDistributedApplicationBuilder CheckPorts(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Services.AddSingleton<PortCheck>();
            builder.Services.AddEventingSubscriber<Subscriber>();
        }

        return builder;
    }

    private sealed class Subscriber(PortCheck check) : IDistributedApplicationEventingSubscriber
    {
        public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
        {
            eventing.Subscribe<BeforeStartEvent>((started, token) => check.CheckAsync(started.Model, token));
            return Task.CompletedTask;
        }
    }
}

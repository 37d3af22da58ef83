using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Hosting.Processes.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Processes;

/// <summary>Checks before the start whether ports are free.</summary>
public static class PortCheckExtensions
{
    /// <summary>
    /// Fails the start if a fixed port of the model or of Aspire's dashboard is in use. The message lists each such port, the resource that
    /// needs it and, on Linux, the process that uses it. If the port belongs to an earlier AppHost that was killed, the start waits up to
    /// 30 seconds for it.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Does nothing in publish mode. With <c>DcpPublisher:RandomizePorts</c>, only the ports of the dashboard are checked.
    /// </remarks>
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
        public Task SubscribeAsync(
            IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
        {
            eventing.Subscribe<BeforeStartEvent>((started, token) => check.CheckAsync(started.Model, token));
            return Task.CompletedTask;
        }
    }
}

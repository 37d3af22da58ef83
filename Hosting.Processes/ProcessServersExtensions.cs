using Aspire.Hosting.Lifecycle;
using Hosting.Processes.Installation;
using Hosting.Processes.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Processes;

/// <summary>
/// Runs Aspire's PostgreSQL, RabbitMQ and Redis resources as native processes, for machines without a container runtime. In publish mode
/// these methods do nothing: manifests and deployments still describe containers.
/// </summary>
public static class ProcessServersExtensions
{
    /// <summary>Runs this PostgreSQL server as a native process instead of a container.</summary>
    /// <param name="builder">The server.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <para>
    /// The version is the one that is installed. The data is deleted when AppHost stops, unless <c>WithDataVolume</c> or
    /// <c>WithDataBindMount</c> is used. The server listens on 127.0.0.1 only, at the port of the model or at a free port.
    /// </para>
    /// <para>
    /// The application does not start, with a <see cref="DistributedApplicationException"/>, on Windows, if the model uses members that
    /// apply only to a container image, such as <c>WithImageTag</c> (the message lists all of them), or if the server is not installed. If
    /// AppHost runs as root without a terminal, it installs a missing server; otherwise the message has the command to type. A server that
    /// cannot use its data exits with code 1; the reason is in its console log.
    /// </para>
    /// </remarks>
    public static IResourceBuilder<PostgresServerResource> RunAsProcess(this IResourceBuilder<PostgresServerResource> builder) =>
        Mark(builder);

    /// <summary>Runs this RabbitMQ server as a native process instead of a container.</summary>
    /// <inheritdoc cref="RunAsProcess(IResourceBuilder{PostgresServerResource})"/>
    public static IResourceBuilder<RabbitMQServerResource> RunAsProcess(this IResourceBuilder<RabbitMQServerResource> builder) =>
        Mark(builder);

    /// <summary>
    /// Runs this Redis server as a native process instead of a container. Valkey is used if it is installed and Redis is not.
    /// </summary>
    /// <inheritdoc cref="RunAsProcess(IResourceBuilder{PostgresServerResource})"/>
    public static IResourceBuilder<RedisResource> RunAsProcess(this IResourceBuilder<RedisResource> builder) => Mark(builder);

    /// <summary>
    /// Runs all PostgreSQL, RabbitMQ and Redis servers of the model as native processes, including those that are added later.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Does not check for a container runtime. <see cref="RunAsProcess(IResourceBuilder{PostgresServerResource})"/> describes the servers
    /// and the errors.
    /// </remarks>
    public static IDistributedApplicationBuilder RunServersAsProcesses(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Eventing.Subscribe<BeforeStartEvent>((started, _) =>
            {
                foreach (var server in started.Model.Resources
                    .Where(resource => resource is PostgresServerResource or RabbitMQServerResource or RedisResource))
                {
                    server.Annotations.Add(new RunAsProcessAnnotation());
                }

                return Task.CompletedTask;
            });
            AddServices(builder);
        }

        return builder;
    }

    /// <summary>Runs the servers as native processes if no container runtime answers; see <see cref="RunServersAsProcesses"/>.</summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Checks the runtime that <c>ASPIRE_CONTAINER_RUNTIME</c> names, else Docker, then Podman, for up to five seconds each.
    /// </remarks>
    public static IDistributedApplicationBuilder RunServersAsProcessesWithoutContainers(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ExecutionContext.IsRunMode
            && !ContainerRuntime.Answers(builder.Configuration) ? builder.RunServersAsProcesses() : builder;
    }

    private static IResourceBuilder<T> Mark<T>(IResourceBuilder<T> builder) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            builder.WithAnnotation(new RunAsProcessAnnotation());
            AddServices(builder.ApplicationBuilder);
        }

        return builder;
    }

    private static void AddServices(IDistributedApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(ProcessServers)))
        {
            return;
        }

        var starting = new StartingServers();
        builder.Services.AddSingleton(starting).AddSingleton<ServerInstaller>().AddSingleton<ProcessServers>();
        builder.Services.PostConfigure<HealthCheckServiceOptions>(starting.Wrap);
        builder.Services.AddHostedService<StopAppsFirst>();
        builder.Services.AddEventingSubscriber<ProcessServersSubscriber>();
    }
}

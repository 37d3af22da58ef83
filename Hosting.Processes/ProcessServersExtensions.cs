using Aspire.Hosting.Lifecycle;
using Hosting.Processes;
using Hosting.Processes.Installation;
using Hosting.Processes.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>
/// Runs Aspire's PostgreSQL, RabbitMQ and Redis resources as native processes where there is no container runtime. In publish mode every call
/// does nothing: the manifest and all deployments describe containers.
/// </summary>
public static class ProcessServersExtensions
{
    /// <summary>Runs this PostgreSQL server as a process of this machine instead of a container.</summary>
    /// <param name="builder">The server.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <para>
    /// The installed version runs. Without <c>WithDataVolume</c> or <c>WithDataBindMount</c> the data goes with the run. The server listens at
    /// 127.0.0.1 only, at the port that the model names, else at a free one.
    /// </para>
    /// <para>
    /// The start of the application fails with a <see cref="DistributedApplicationException"/> if the model has members of an image, such as
    /// <c>WithImageTag</c> (one message names all of them), on Windows, or if a server is missing. A missing server is
    /// installed if AppHost is root's and has no terminal; else the message has the command to type. A server that cannot use its data ends
    /// with exit code 1, and its console log says why.
    /// </para>
    /// </remarks>
    public static IResourceBuilder<PostgresServerResource> RunAsProcess(this IResourceBuilder<PostgresServerResource> builder) => Mark(builder);

    /// <summary>Runs this RabbitMQ server as a process of this machine instead of a container.</summary>
    /// <inheritdoc cref="RunAsProcess(IResourceBuilder{PostgresServerResource})"/>
    public static IResourceBuilder<RabbitMQServerResource> RunAsProcess(this IResourceBuilder<RabbitMQServerResource> builder) => Mark(builder);

    /// <summary>Runs this Redis server (or Valkey, where that is installed) as a process of this machine instead of a container.</summary>
    /// <inheritdoc cref="RunAsProcess(IResourceBuilder{PostgresServerResource})"/>
    public static IResourceBuilder<RedisResource> RunAsProcess(this IResourceBuilder<RedisResource> builder) => Mark(builder);

    /// <summary>Runs every PostgreSQL, RabbitMQ and Redis server of the model as a process, including those that are added later.</summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Does not look for a container runtime. What holds for each server, and when the start fails, is said at
    /// <see cref="RunAsProcess(IResourceBuilder{PostgresServerResource})"/>.
    /// </remarks>
    public static IDistributedApplicationBuilder RunServersAsProcesses(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Eventing.Subscribe<BeforeStartEvent>((started, _) =>
            {
                foreach (var server in started.Model.Resources.Where(resource => resource is PostgresServerResource or RabbitMQServerResource or RedisResource))
                {
                    server.Annotations.Add(new RunAsProcessAnnotation());
                }

                return Task.CompletedTask;
            });
            AddServices(builder);
        }

        return builder;
    }

    /// <summary>Calls <see cref="RunServersAsProcesses"/> if no container runtime answers.</summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The runtime is the one that <c>ASPIRE_CONTAINER_RUNTIME</c> names, else Docker, else Podman. It has five seconds to answer.</remarks>
    public static IDistributedApplicationBuilder RunServersAsProcessesWithoutContainers(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ExecutionContext.IsRunMode && !ContainerRuntime.Answers(builder.Configuration) ? builder.RunServersAsProcesses() : builder;
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

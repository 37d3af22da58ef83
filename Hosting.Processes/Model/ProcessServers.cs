using Aspire.Hosting.Eventing;
using Hosting.Processes.Data;
using Hosting.Processes.Installation;
using Hosting.Processes.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Model;

/// <summary>
/// Replaces servers in the model by processes, and forwards Aspire's events to the subscribers of the original resources.
/// </summary>
internal sealed partial class ProcessServers(
    ResourceNotificationService notifications,
    ResourceLoggerService consoles,
    ServerInstaller installer,
    StartingServers starting,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    DistributedApplicationExecutionContext execution,
    IServiceProvider services,
    ILoggerFactory loggers) : IDisposable
{
    private readonly Dictionary<ProcessServerResource, ServerProcess> _processes = [];
    private readonly Dictionary<ProcessServerResource, ServerChildren> _children = [];
    private readonly ILogger _logger = loggers.CreateLogger("Hosting.Processes");
    private RunFolder? _run;

    public async Task ReplaceAsync(
        DistributedApplicationModel model, IDistributedApplicationEventing eventing, CancellationToken cancellationToken)
    {
        var servers = model.Resources
            .Where(resource => resource.Annotations.OfType<RunAsProcessAnnotation>().Any())
            .Select(resource => (Server: resource, Process: ServerProcess.For(resource)!))
            .ToArray();
        if (servers.Length == 0)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            throw new DistributedApplicationException(
                $"{string.Join(", ", servers.Select(server => $"'{server.Server.Name}'"))}: "
                + "servers run as processes on Linux and macOS only. "
                + "Start Docker or Podman, use WSL, or configure connection strings of existing servers.");
        }

        if (OrchestratorHome.Ensure() is { } home)
        {
            LogHome(home);
        }

        StoreFolder.Ensure(configuration);
        await UnsupportedMembers.CheckAsync(servers, execution, cancellationToken);
        ServerInstaller.Check(servers.Select(server => server.Process.Package));
        _run = RunFolder.Create();
        LogServers(string.Join(", ", servers.Select(server => server.Server.Name)));
        foreach (var (server, process) in servers)
        {
            Replace(model, eventing, (IResourceWithConnectionString)server, process);
        }

        // Not a hosted service: those start only after all resources are created, and a resource may wait for a state that is forwarded
        // here.
        _ = Task.Run(() => WatchAsync(lifetime.ApplicationStopping), CancellationToken.None);
    }

    /// <summary>From now on, servers that stop delete the data of the run.</summary>
    public void MarkStopping() => _run?.MarkStopping();

    // For an application that is disposed without being stopped, for example by a failed test.
    public void Dispose() => MarkStopping();

    private void Replace(
        DistributedApplicationModel model,
        IDistributedApplicationEventing eventing,
        IResourceWithConnectionString server,
        ServerProcess process)
    {
        var folders = ServerFolders.Of(
            server, process.DataTarget, _run!, configuration["AppHost:Path"] ?? configuration["AppHost:Directory"] ?? "");
        var resource = new ProcessServerResource(server, Path.Combine(folders.Run, process.Script), folders.Run);
        var at = model.Resources.IndexOf(server);
        model.Resources.RemoveAt(at);
        model.Resources.Insert(at, resource);
        _processes[resource] = process;
        Script.Write(folders.Run, process.Script);
        new ServerAdapter(process, resource, folders, RandomizePorts).Adapt();
        var children = new ServerChildren(resource, model, notifications, eventing, services);
        starting.Add(resource, children.All);
        PassOn(eventing, resource, children, process, folders);
    }

    private void PassOn(
        IDistributedApplicationEventing eventing, ProcessServerResource resource, ServerChildren children, ServerProcess process,
        ServerFolders folders)
    {
        _children[resource] = children;
        eventing.Subscribe<ConnectionStringAvailableEvent>(resource, async (_, token) =>
        {
            await eventing.PublishAsync<ConnectionStringAvailableEvent>(
                new ServerConnectionStringAvailableEvent(resource, services), token);
            await children.PublishConnectionStringsAsync(token);

            // Aspire adds the same properties again at each start.
            await notifications.PublishUpdateAsync(
                resource, s => s with { Properties = [.. s.Properties.Reverse().DistinctBy(p => p.Name).Reverse()] });
        });
        eventing.Subscribe<BeforeResourceStartedEvent>(resource, async (_, token) =>
        {
            await eventing.PublishAsync<BeforeResourceStartedEvent>(new BeforeServerStartedEvent(resource, services), token);
            await InstallAsync(token);

            // After the installation, because packages create the users of their servers.
            if (process.MissingUser is { } fault)
            {
                LogFailed(resource.Name, fault);
                throw new DistributedApplicationException(fault);
            }

            await process.WriteFilesAsync(resource, folders.Run, folders.Data, services, token);
            starting.Begin(resource);
        });
        eventing.Subscribe<ResourceReadyEvent>(resource, async (_, token) =>
        {
            await eventing.PublishAsync<ResourceReadyEvent>(new ServerReadyEvent(resource, services), token);
            await children.PublishStateAsync(KnownResourceStates.Running);
        });
        eventing.Subscribe<ResourceStoppedEvent>(resource, async (stopped, token) =>
        {
            await eventing.PublishAsync<ResourceStoppedEvent>(new ServerStoppedEvent(resource, services, stopped.ResourceEvent), token);
            await children.PublishStoppedAsync(stopped.ResourceEvent, token);
            if (Script.FaultOf(folders.Run) is { } reason)
            {
                LogFailed(resource.Name, reason);
            }
        });
    }

    private bool RandomizePorts => configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);

    private Task InstallAsync(CancellationToken cancellationToken) => installer.EnsureAsync(
        [.. _processes.Values.Select(process => process.Package)],
        [_logger, .. _processes.Keys.Select(consoles.GetLogger)],
        cancellationToken);

    // A database is running when its server is ready (see the handler of ResourceReadyEvent), so only other states are forwarded here.
    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        var last = new Dictionary<ProcessServerResource, string>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource is ProcessServerResource resource
                    && change.Snapshot.State?.Text is { } state
                    && last.GetValueOrDefault(resource) != state)
                {
                    last[resource] = state;
                    if (state != KnownResourceStates.Running)
                    {
                        await _children[resource].PublishStateAsync(state);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // AppHost is stopping.
        }
    }
}

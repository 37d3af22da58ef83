using System.Collections.Frozen;
using Aspire.Hosting.DashboardLink;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Starts everything at once, each thing when what it waits for is there; stops it in reverse.</summary>
internal sealed class Orchestrator(
    IServiceProvider services, DistributedApplicationModel model, DistributedApplicationOptions options, IDistributedApplicationEventing eventing,
    EndpointPlan endpoints, DashboardSettings dashboardSettings, DashboardHost dashboard, ServerInstaller installer, TimeProvider time, Terminal terminal)
    : IHostedService, IAsyncDisposable
{
    private FrozenDictionary<IResource, ResourceRunner> _runners = FrozenDictionary<IResource, ResourceRunner>.Empty;
    private readonly CancellationTokenSource _stopping = new();
    private Lazy<Task>? _stop;
    private RunFolder? _run;

    public ResourceRunner? Find(string resourceName) =>
        _runners.FirstOrDefault(runner => string.Equals(runner.Key.Name, resourceName, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Does all that can fail for reasons a person must hear of, before anything is started.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _stop = new Lazy<Task>(StopAllAsync);
        if (await Leftovers.ClearAsync(time, cancellationToken) is > 0 and var ended)
        {
            terminal.Say("engine", $"ended {ended} processes that an earlier run had left");
        }

        if (DataHome.IsMakeshift)
        {
            terminal.Say("engine", $"neither HOME nor XDG_DATA_HOME is a folder to write to: all data is kept in '{DataHome.Path}'");
        }

        _run = services.GetRequiredService<RunFolder>();
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        WaitCircle.Refuse(model.Resources);

        // Aspire's own setting: clones run side by side with it. The dashboard stays where it was told to be.
        var randomize = services.GetRequiredService<IConfiguration>().GetValue("DcpPublisher:RandomizePorts", options.RandomizePorts);
        endpoints.Allocate(model.Resources, randomize, dashboardSettings.FindFaults());
        await installer.EnsureAsync(
            model.Resources.SelectMany(resource => resource.Annotations.OfType<NativeServerAnnotation>()).Select(server => server.Package), cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        dashboard.Start(_run!, _stopping.Token);
        _runners = model.Resources.ToFrozenDictionary(resource => resource, Create);
        foreach (var runner in _runners.Values)
        {
            await runner.InitializeAsync(_stopping.Token, cancellationToken);
        }

        foreach (var runner in _runners.Values)
        {
            runner.Begin();
        }

        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stop?.Value ?? Task.CompletedTask;

    /// <summary>Ends every process at once.</summary>
    public void KillAll()
    {
        foreach (var runner in _runners.Values)
        {
            runner.Kill();
        }

        dashboard.Kill();

        _run?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
    }

    private ResourceRunner Create(IResource resource) => ActivatorUtilities.CreateInstance<ResourceRunner>(services, resource, _run!);

    private async Task StopAllAsync()
    {
        await _stopping.CancelAsync();
        var began = time.GetTimestamp();
        if (_runners.Values.Any(runner => runner.HasProcesses))
        {
            terminal.Say("engine", "stopping");
        }

        var order = new StopOrder(_runners.Keys);
        var budget = new StopBudget(order, resource => _runners[resource].TakesTimeToStop, time);
        await order.RunAsync(resource => _runners[resource].StopForGoodAsync(() => budget.Left(resource)));
        await dashboard.StopAsync();
        endpoints.Release();
        _run?.Dispose();
        if (_runners.Count > 0)
        {
            terminal.Say("engine", $"stopped in {time.GetElapsedTime(began).TotalSeconds:0.0} s");
        }
    }
}

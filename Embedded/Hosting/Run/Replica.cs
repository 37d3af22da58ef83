using System.Collections.Immutable;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Run;

/// <summary>One process of a resource.</summary>
internal sealed class Replica(
    IResource resource, int index, int count, IProcessSource source, RunFolder run, IServiceProvider services,
    ResourceNotificationService notifications, ResourceLoggerService logs, Terminal terminal, TimeProvider time)
{
    private ManagedProcess? _process;

    /// <summary>The resource's name; for one of several <c>{name}-{number}</c>.</summary>
    public string Id { get; } = count == 1 ? resource.Name : $"{resource.Name}-{index + 1}";

    public bool IsRunning => _process is { Exited.IsCompleted: false };

    public bool TakesTimeToStop => _process is { Exited.IsCompleted: false, IsDisposable: false };

    /// <summary>How long the process may take to stop, from the moment it is asked on.</summary>
    public Func<TimeSpan> Grace { get; set; } = () => StopBudget.Of(resource);

    public int? LastExitCode => _process is { Exited.IsCompletedSuccessfully: true } ended ? ended.Exited.GetAwaiter().GetResult() : null;

    public Task<int> Exited => _process?.Exited ?? Task.FromResult(0);

    public IReadOnlyDictionary<string, int> TargetPorts => services.GetRequiredService<EndpointPlan>().TargetsOf(resource, index);

    public ImmutableArray<EnvironmentVariableSnapshot> Variables { get; private set; } = [];

    public ImmutableArray<ResourcePropertySnapshot> Facts { get; private set; } = [];

    public async Task StartAsync(Action<string> report, CancellationToken cancellationToken)
    {
        var console = logs.Of(resource.Name);
        var own = count == 1 ? null : logs.Of(Id);
        (own ?? console).BeginProcess();
        var settings = await ProcessSettings.ResolveAsync(resource, TargetPorts, services, cancellationToken);
        console.Hide(settings.Secrets);
        own?.Hide(settings.Secrets);
        var plan = await source.PlanAsync(
            new ProcessContext(run, Id, settings.Environment, settings.Arguments, report, TargetPorts), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        _process = await ManagedProcess.StartAsync(plan, run, (line, isError) =>
        {
            console.Add(own is null ? line : $"[{Id}] {line}", isError);
            own?.Add(line, isError);
        });
        Variables = settings.Variables;
        Facts = [new("executable.pid", _process.Id), new("otel.service.instance", settings.InstanceId)];
        if (cancellationToken.IsCancellationRequested)
        {
            await StopAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (count > 1)
        {
            terminal.Say(Id, "running");
            await PublishAsync(KnownResourceStates.Running, exitCode: null);
            _ = TellEndAsync(_process);
        }
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.StopAsync(Grace(), time);
        }
    }

    public void Kill() => _process?.Kill();

    private async Task TellEndAsync(ManagedProcess process)
    {
        var exitCode = await process.Exited;
        if (process == _process)
        {
            await PublishAsync(KnownResourceStates.Exited, exitCode);
        }
    }

    private Task PublishAsync(string state, int? exitCode) => notifications.PublishUpdateAsync(resource, Id, snapshot => snapshot with
    {
        State = state,
        ExitCode = exitCode,
        StartTimeStamp = exitCode is null ? time.GetUtcNow().UtcDateTime : snapshot.StartTimeStamp,
        StopTimeStamp = exitCode is null ? null : time.GetUtcNow().UtcDateTime,
        EnvironmentVariables = Variables,
        Properties = Facts,
    });
}

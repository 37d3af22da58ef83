using System.Collections.Immutable;
using Aspire.Hosting.Commands;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Urls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Run;

/// <summary>Tells how a resource is: to whoever watches, and to the person at the terminal.</summary>
internal sealed class ResourceStatus(
    IResource resource, IServiceProvider services, ResourceNotificationService notifications, Terminal terminal, TimeProvider time)
{
    private const int LinesShown = 10;

    /// <summary>Whether it has been started, or waits to be, and has not ended since.</summary>
    public bool IsUnderWay => Current is { } state && state != KnownResourceStates.NotStarted && !KnownResourceStates.TerminalStates.Contains(state);

    public bool IsWaiting => Current == KnownResourceStates.Waiting;

    private string? Current => notifications.TryGetCurrentState(resource.Name, out var known) ? known.Snapshot.State?.Text : null;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private bool IsHealthChecked => resource.HasAnnotationOfType<HealthCheckAnnotation>();

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        LifecycleCommands.AddTo(resource);
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault();
        var urls = await ResourceUrls.OfAsync(resource, services, cancellationToken);
        await notifications.PublishUpdateAsync(resource, snapshot => Decorate(snapshot with
        {
            CreationTimeStamp = Now,
            Urls = urls,
            IconName = icon?.IconName,
            IconVariant = icon?.IconVariant,
            Properties = ResourceProperties.Of(resource),
            Relationships = ResourceProperties.RelationshipsOf(resource),
            Volumes = ResourceProperties.VolumesOf(resource),
            HealthReports = Unchecked(),
        }));
    }

    public Task SetAsync(string state)
    {
        if (WorthTelling(state) is { } words)
        {
            terminal.Say(resource.Name, words);
        }

        return PublishAsync(snapshot => snapshot with
        {
            State = Style(state),
            ExitCode = state == KnownResourceStates.Starting ? null : snapshot.ExitCode,
            StartTimeStamp = state == KnownResourceStates.Running ? Now : snapshot.StartTimeStamp,
            StopTimeStamp = state == KnownResourceStates.Running ? null : state == KnownResourceStates.FailedToStart ? Now : snapshot.StopTimeStamp,
            ResourceReadyEvent = state == KnownResourceStates.Running ? snapshot.ResourceReadyEvent : null,
        });
    }

    public Task SetRunningAsync(ImmutableArray<EnvironmentVariableSnapshot> environment, ImmutableArray<ResourcePropertySnapshot> properties) =>
        PublishAsync(snapshot => snapshot with
        {
            State = Style(KnownResourceStates.Running),
            ExitCode = null,
            StartTimeStamp = Now,
            StopTimeStamp = null,
            ResourceReadyEvent = null,
            EnvironmentVariables = environment,
            Properties = [.. snapshot.Properties.Where(known => properties.All(other => other.Name != known.Name)), .. properties],
            HealthReports = Unchecked(),
        });

    public Task SetHealthAsync(ImmutableArray<HealthReportSnapshot> reports) => PublishAsync(snapshot =>
        snapshot.State?.Text == KnownResourceStates.Running ? snapshot with { HealthReports = reports } : snapshot);

    /// <summary>It runs for a while and is not healthy: the person who waits is told why.</summary>
    public void TellLate(TimeSpan patience, IEnumerable<HealthReportSnapshot> reports)
    {
        var reasons = reports.Where(report => report.Status != HealthStatus.Healthy)
            .Select(report => $"{report.Name}: {report.Description ?? report.ExceptionText?.Split('\n')[0] ?? "no reason given"}");
        terminal.Fail(resource.Name, $"did not become healthy in {patience.TotalSeconds:0} s ({string.Join("; ", reasons)})", LastLines());
    }

    public Task SetReadyAsync(Task readyEvent)
    {
        if (WhereItIs() is { } place)
        {
            terminal.Say(resource.Name, place);
        }

        return PublishAsync(snapshot => snapshot with { ResourceReadyEvent = readyEvent });
    }

    public Task SetNotReadyAsync() => PublishAsync(snapshot => snapshot with { ResourceReadyEvent = null });

    public Task SetExitedAsync(int? exitCode) => SetEndedAsync(KnownResourceStates.Exited, exitCode);

    /// <summary>Its last process has ended and is not started again.</summary>
    /// <param name="state">One of <see cref="KnownResourceStates.TerminalStates"/>.</param>
    /// <param name="exitCode"><see langword="null"/> if none was started.</param>
    public async Task SetEndedAsync(string state, int? exitCode)
    {
        await PublishEndAsync(state, exitCode);
        if (notifications.TryGetCurrentState(resource.Name, out var stopped))
        {
            await TellStoppedAsync(stopped);
        }
    }

    /// <summary>None of its processes runs, and one of them is about to be started again.</summary>
    public Task SetStartingAgainAsync(int exitCode) => PublishEndAsync(KnownResourceStates.Starting, exitCode);

    /// <summary>There is no process: it could not be described, or not be started.</summary>
    public Task SetFailedAsync(Exception e)
    {
        // A message for people says it all; of anything else they need to know where it comes from.
        string[] trace = e is DistributedApplicationException ? [] : e.ToString().Split('\n', StringSplitOptions.TrimEntries);
        terminal.Fail(resource.Name, $"failed to start: {e.Message}", trace.Length == 0 ? LastLines() : [.. trace.Take(LinesShown)]);
        foreach (var line in trace.Length == 0 ? [e.Message] : trace)
        {
            Console.Add(line, isError: true);
        }

        return SetAsync(KnownResourceStates.FailedToStart);
    }

    /// <summary>A process ended by itself, with an error.</summary>
    /// <param name="process">The resource's name, or that of one of several replicas.</param>
    /// <param name="exitCode">Not 0.</param>
    /// <param name="next">What comes of it.</param>
    public void TellCrash(string process, int exitCode, string next) =>
        terminal.Fail(process, $"ended with exit code {exitCode}; {next}", LastLines(process));

    public Task SetParameterAsync(ParameterResource parameter)
    {
        try
        {
            var value = parameter.Value;
            return PublishAsync(snapshot => snapshot with
            {
                State = Style(KnownResourceStates.Running),
                Properties = [new("parameter.value", parameter.Secret ? "" : value) { IsSensitive = parameter.Secret }],
                ResourceReadyEvent = Task.CompletedTask,
            });
        }
        catch (MissingParameterValueException e)
        {
            terminal.Fail(resource.Name, e.Message, []);
            return PublishAsync(snapshot => snapshot with { State = Style(KnownResourceStates.ValueMissing) });
        }
    }

    /// <summary>A subscriber failed whose fault must not keep the rest from going on.</summary>
    public void TellFault(string @event, Exception e) => Console.Add($"A subscriber of {@event} failed: {e}", isError: true);

    public void Report(string words) => terminal.Say(resource.Name, words);

    private static ResourceStateSnapshot Style(string state) => new(state, state switch
    {
        nameof(KnownResourceStates.Running) or nameof(KnownResourceStates.Finished) => "success",
        nameof(KnownResourceStates.FailedToStart) => "error",
        nameof(KnownResourceStates.Exited) or nameof(KnownResourceStates.ValueMissing) => "warning",
        _ => null,
    });

    private Task PublishEndAsync(string state, int? exitCode) => PublishAsync(snapshot => snapshot with
    {
        State = Style(state),
        ExitCode = exitCode,
        StopTimeStamp = Now,
        ResourceReadyEvent = null,
    });

    private async Task TellStoppedAsync(ResourceEvent stopped)
    {
        try
        {
            await services.GetRequiredService<IDistributedApplicationEventing>().PublishAsync(new ResourceStoppedEvent(resource, services, stopped));
        }
        catch (Exception e)
        {
            TellFault(nameof(ResourceStoppedEvent), e);
        }
    }

    private ImmutableArray<HealthReportSnapshot> Unchecked() =>
    [
        .. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, Status: null, null, null)),
    ];

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(resource, snapshot => change(snapshot) is var changed && ReferenceEquals(changed, snapshot) ? snapshot : Decorate(changed));

    private CustomResourceSnapshot Decorate(CustomResourceSnapshot snapshot) =>
        snapshot with { Commands = LifecycleCommands.Describe(resource, snapshot, services) };

    private string? WorthTelling(string state) => resource is ParameterResource or IResourceWithParent ? null
        : state == KnownResourceStates.Waiting ? $"waiting for {string.Join(", ", WaitList.NamesOf(resource))}"
        : state == KnownResourceStates.Starting ? "starting"
        : state == KnownResourceStates.NotStarted ? "not started: start it in the dashboard"
        : null;

    private string? WhereItIs()
    {
        if (resource is ParameterResource)
        {
            return null;
        }

        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedEndpoint is not null)
            .Select(endpoint => endpoint.AllocatedEndpoint!.UriString).ToArray();
        return $"{(IsHealthChecked ? "healthy" : "running")}{(endpoints.Length > 0 ? $" at {string.Join(", ", endpoints)}" : "")}";
    }

    private ConsoleLog Console => services.GetRequiredService<ResourceLoggerService>().Of(resource.Name);

    private string[] LastLines(string? process = null) =>
        [.. services.GetRequiredService<ResourceLoggerService>().Of(process ?? resource.Name).Reason(LinesShown).Select(line => line.Content)];
}

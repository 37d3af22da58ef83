using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>The life of one resource: waits, starts, watches, starts again after a crash, stops; and tells all of it.</summary>
internal sealed class ResourceRunner(
    IResource resource, RunFolder run, IServiceProvider services, ResourceNotificationService notifications, ResourceLoggerService logs,
    IDistributedApplicationEventing eventing, HealthCheckService healthChecks, Terminal terminal, TimeProvider time,
    IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly SemaphoreSlim _command = new(1, 1);
    private readonly ResourceStatus _status = new(resource, services, notifications, terminal, time);
    private readonly ReplicaGroup? _replicas = ReplicaGroup.Create(resource, run, services, notifications, logs, terminal, time);
    private readonly bool _isCustom = CustomLife.IsOf(resource);
    private CancellationTokenSource _life = new();
    private CancellationToken _application;
    private Task _living = Task.CompletedTask;
    private TaskCompletionSource _enough = new();

    public IResource Resource => resource;

    public bool HasProcesses => _replicas?.AreRunning == true;

    /// <summary>Whether it has processes that are asked to stop, not ended at once.</summary>
    public bool TakesTimeToStop => _replicas?.TakeTimeToStop == true;

    /// <param name="application">Ends with the application.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task InitializeAsync(CancellationToken application, CancellationToken cancellationToken)
    {
        _application = application;
        await _status.InitializeAsync(cancellationToken);
        if (_isCustom)
        {
            eventing.Subscribe<BeforeResourceStartedEvent>(resource, (_, token) => WaitForOthersAsync(token));
        }

        _ = TellInitializeAsync();
        if (resource is IResourceWithEndpoints)
        {
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken);
        }
    }

    /// <summary>Starts the resource with the application, unless that is left to a person.</summary>
    public void Begin()
    {
        if (_application.IsCancellationRequested)
        {
            return;
        }

        if (!_isCustom && resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        {
            _ = _status.SetAsync(KnownResourceStates.NotStarted);
        }
        else
        {
            Live();
        }
    }

    /// <summary>Starts the resource; one that waits for others waits no longer.</summary>
    /// <exception cref="OperationCanceledException">The application is stopping.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _command.WaitAsync(cancellationToken);
        try
        {
            _application.ThrowIfCancellationRequested();
            if (_living.IsCompleted)
            {
                Live();
            }
            else if (_status.IsWaiting)
            {
                _enough.TrySetResult();
            }
        }
        finally
        {
            _command.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _command.WaitAsync(cancellationToken);
        try
        {
            await EndAsync();
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Stops the resource with the application.</summary>
    /// <param name="grace">How long its processes may take, from the moment they are asked on.</param>
    public async Task StopForGoodAsync(Func<TimeSpan> grace)
    {
        _replicas?.Limit(grace);

        // A restart under way would start it again behind our back.
        await StopAsync(CancellationToken.None);
        _replicas?.Dispose();
        logs.Complete(resource);
    }

    public void Kill() => _replicas?.Kill();

    public void Dispose()
    {
        _command.Dispose();
        _life.Dispose();
    }

    // Not waited for, as in Aspire: the handler of a custom resource may run as long as the resource lives.
    private async Task TellInitializeAsync()
    {
        try
        {
            await eventing.PublishAsync(
                new InitializeResourceEvent(resource, eventing, logs, notifications, services), EventDispatchBehavior.BlockingConcurrent, _application);
        }
        catch (OperationCanceledException) when (_application.IsCancellationRequested)
        {
            // Ended with the application.
        }
        catch (Exception e)
        {
            _status.TellFault(nameof(InitializeResourceEvent), e);
        }
    }

    private Task WaitForOthersAsync(CancellationToken cancellationToken) =>
        new WaitList(resource, notifications).WaitAsync(() => _status.SetAsync(KnownResourceStates.Waiting), _enough.Task, cancellationToken);

    private void Live()
    {
        _enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _life = CancellationTokenSource.CreateLinkedTokenSource(_application);
        _living = LiveAsync(_life.Token);
    }

    private async Task EndAsync()
    {
        await _life.CancelAsync();
        if (_replicas?.AreRunning == true)
        {
            await _status.SetAsync(KnownResourceStates.Stopping);
            await _replicas.StopAsync();
        }

        await _living;

        // It may have waited, or paused after a crash, and no process was there to end.
        if (_replicas is not null && _status.IsUnderWay)
        {
            await _status.SetExitedAsync(_replicas.LastExitCode);
        }
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_isCustom)
            {
                await new CustomLife(resource, _status, notifications).LiveAsync(token => BecomeReadyAsync(token), cancellationToken);
                return;
            }

            await WaitForOthersAsync(cancellationToken);
            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken);
            if (resource is IResourceWithConnectionString)
            {
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);
            }

            if (_replicas is null)
            {
                await LiveWithoutProcessAsync(cancellationToken);
            }
            else
            {
                await _replicas.LiveAsync(_status, token => BecomeReadyAsync(token), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped by command or with the application.
        }
        catch (Exception e)
        {
            await _status.SetFailedAsync(e);
        }
    }

    private async Task LiveWithoutProcessAsync(CancellationToken cancellationToken)
    {
        switch (resource)
        {
            case ParameterResource parameter:
                await _status.SetParameterAsync(parameter);
                return;
            case ContainerResource:
                var image = resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.FullName ?? "of a Dockerfile";
                throw new DistributedApplicationException(
                    $"'{resource.Name}' is the container image '{image}', which the embedded engine has no native server for. It runs PostgreSQL, RabbitMQ and Redis; build with -p:AspireEngine=aspire to run any image.");
            case IResourceWithParent child:
                await _status.SetAsync(KnownResourceStates.Waiting);
                await notifications.WaitForResourceHealthyAsync(child.Parent.Name, cancellationToken);
                break;
        }

        await _status.SetAsync(KnownResourceStates.Starting);
        foreach (var preparation in resource.Annotations.OfType<PreparationAnnotation>())
        {
            await preparation.PrepareAsync(services, cancellationToken);
        }

        await _status.SetAsync(KnownResourceStates.Running);
        await BecomeReadyAsync(cancellationToken);
    }

    /// <summary>Watches the health until the resource is stopped; the first good report makes it ready.</summary>
    private Task BecomeReadyAsync(CancellationToken cancellationToken) =>
        new HealthWatch(resource, healthChecks, time).RunAsync(
            reports => _status.SetHealthAsync(reports),
            () => _status.SetReadyAsync(eventing.PublishAsync(
                new ResourceReadyEvent(resource, services), EventDispatchBehavior.BlockingSequential, cancellationToken)),
            reports => _status.TellLate(HealthWatch.Patience, reports),
            cancellationToken);
}

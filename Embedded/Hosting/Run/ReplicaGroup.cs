using Aspire.Hosting.Executables;
using Aspire.Hosting.Projects;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Run;

/// <summary>The processes of a resource: one, or several behind one address. Each is started again after a crash.</summary>
internal sealed class ReplicaGroup : IDisposable
{
    private readonly Replica[] _replicas;
    private readonly IProcessSource _source;
    private readonly IResource _resource;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TimeProvider _time;
    private CancellationTokenSource? _watch;
    private Task _watching = Task.CompletedTask;
    private int _running;
    private int _left;

    private ReplicaGroup(IResource resource, IProcessSource source, Replica[] replicas, TimeProvider time)
    {
        _resource = resource;
        _source = source;
        _replicas = replicas;
        _time = time;
    }

    public bool AreRunning => _replicas.Any(replica => replica.IsRunning);

    public bool TakeTimeToStop => _replicas.Any(replica => replica.TakesTimeToStop);

    public int? LastExitCode => _replicas[0].LastExitCode;

    // Someone waits for the end of it: it is a job, not a service.
    private bool IsJob { get; init; }

    /// <summary><see langword="null"/> when the resource has no process.</summary>
    public static ReplicaGroup? Create(
        IResource resource, RunFolder run, IServiceProvider services, ResourceNotificationService notifications, ResourceLoggerService logs,
        Terminal terminal, TimeProvider time)
    {
        IProcessSource? source = resource switch
        {
            ProjectResource project => ActivatorUtilities.CreateInstance<ProjectProcess>(services, project),
            ExecutableResource executable => new ExecutableProcess(executable),
            _ when resource.TryGetLastAnnotation<NativeServerAnnotation>(out var server) => server.Create(),
            _ => null,
        };
        if (source is null)
        {
            return null;
        }

        var count = resource.GetReplicaCount();
        var replicas = Enumerable.Range(0, count).Select(index => new Replica(
            resource, index, count, source, run, services, notifications, logs, terminal, time)).ToArray();
        var model = services.GetRequiredService<DistributedApplicationModel>();
        return new ReplicaGroup(resource, source, replicas, time)
        {
            IsJob = model.Resources.SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
                .Any(wait => wait.Resource == resource && wait.WaitType == WaitType.WaitForCompletion),
        };
    }

    /// <summary>Keeps the processes running until each has ended for good.</summary>
    public async Task LiveAsync(ResourceStatus status, Func<CancellationToken, Task> watchHealthAsync, CancellationToken cancellationToken)
    {
        (_running, _left) = (0, _replicas.Length);
        await status.SetAsync(KnownResourceStates.Starting);
        using var proxy = ReplicaProxy.Start(_resource, _replicas);
        await Task.WhenAll(_replicas.Select(replica => LiveAsync(replica, status, watchHealthAsync, cancellationToken)));
    }

    /// <summary>Says how long the processes may take to stop from now on.</summary>
    public void Limit(Func<TimeSpan> grace)
    {
        foreach (var replica in _replicas)
        {
            replica.Grace = grace;
        }
    }

    public async Task StopAsync()
    {
        await EndWatchAsync();
        await Task.WhenAll(_replicas.Select(replica => replica.StopAsync()));
    }

    public void Kill()
    {
        foreach (var replica in _replicas)
        {
            replica.Kill();
        }
    }

    public void Dispose()
    {
        (_source as IDisposable)?.Dispose();
        _gate.Dispose();
        _watch?.Dispose();
    }

    private async Task LiveAsync(
        Replica replica, ResourceStatus status, Func<CancellationToken, Task> watchHealthAsync, CancellationToken cancellationToken)
    {
        var policy = new RestartPolicy(_time);
        while (true)
        {
            await replica.StartAsync(status.Report, cancellationToken);
            await OnStartedAsync(replica, status, watchHealthAsync, cancellationToken);
            int exitCode;
            try
            {
                exitCode = await replica.Exited.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await OnEndedAsync(() => Task.CompletedTask);
                throw;
            }

            var pause = exitCode == 0 || IsJob ? null : policy.Next();
            var isLast = pause is null && Interlocked.Decrement(ref _left) == 0;
            if (exitCode != 0)
            {
                status.TellCrash(replica.Id, exitCode, pause is { } time ? $"starting again in {time.TotalSeconds:0.#} s"
                    : IsJob ? "it is not started again"
                    : $"it ended {RestartPolicy.Attempts} times in a row and is not started again");
            }

            // None may be left although this is not the last: two have ended at once.
            await OnEndedAsync(() => Volatile.Read(ref _left) == 0 ? Task.CompletedTask : status.SetStartingAgainAsync(exitCode));
            if (isLast)
            {
                await status.SetEndedAsync(
                    exitCode == 0 ? KnownResourceStates.Finished : IsJob ? KnownResourceStates.Exited : KnownResourceStates.FailedToStart, exitCode);
            }

            if (pause is null)
            {
                return;
            }

            await Task.Delay(pause.Value, _time, cancellationToken);
        }
    }

    private async Task OnStartedAsync(
        Replica replica, ResourceStatus status, Func<CancellationToken, Task> watchHealthAsync, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_running++ == 0)
            {
                await status.SetRunningAsync(replica.Variables, replica.Facts);
                _watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                _watching = watchHealthAsync(_watch.Token);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    // As long as another one serves, the resource is as it was. Behind the gate: another one may be about to start.
    private async Task OnEndedAsync(Func<Task> onNoneRunsAsync)
    {
        await _gate.WaitAsync();
        try
        {
            if (--_running == 0)
            {
                await EndWatchAsync();
                await onNoneRunsAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task EndWatchAsync()
    {
        if (_watch is not null)
        {
            await _watch.CancelAsync();
            await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

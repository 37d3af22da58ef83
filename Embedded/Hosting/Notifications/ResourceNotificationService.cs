using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource, or one replica of it, at one moment.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The resource's name; for one of several replicas <c>{name}-{number}</c>.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>How it is.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;

    internal bool IsReplica => ResourceId != Resource.Name;
}

/// <summary>Settings of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What to do when an awaited resource cannot get there; default: wait, or stop where there is no dashboard to start it again.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}

/// <summary>Knows how every resource is, and tells.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationToken _stopping;
    private readonly ResourceNotificationServiceOptions _options;

    internal ResourceNotificationService(
        IHostApplicationLifetime hostApplicationLifetime, Microsoft.Extensions.Options.IOptions<ResourceNotificationServiceOptions> options)
    {
        _options = options.Value;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(hostApplicationLifetime.ApplicationStopping, _disposing.Token).Token;
    }

    internal WaitBehavior DefaultWaitBehavior => _options.DefaultWaitBehavior;

    /// <summary>Waits until a resource is in a state; default: <c>Running</c>.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of several states, and returns it.</summary>
    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var happened = await WaitForResourceAsync(
            resourceName, happened => happened.Snapshot.State?.Text is { } state && wanted.Contains(state), cancellationToken);
        return happened.Snapshot.State!.Text;
    }

    /// <summary>Waits until something is true of a resource.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        await foreach (var happened in WatchAsync(either.Token))
        {
            if (string.Equals(happened.ResourceId, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(happened))
            {
                return happened;
            }
        }

        either.Token.ThrowIfCancellationRequested();
        throw new OperationCanceledException($"The application stopped before the resource '{resourceName}' met the predicate condition.");
    }

    /// <summary>Waits until a resource is healthy and its ready event is over.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _options.DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource is healthy and its ready event is over.</summary>
    /// <exception cref="DistributedApplicationException">It has ended, and the behavior is to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var happened = await WaitForResourceAsync(
            resourceName,
            happened => (happened.Snapshot.HealthStatus == HealthStatus.Healthy && happened.Snapshot.ResourceReadyEvent is not null)
                || (waitBehavior == WaitBehavior.StopOnResourceUnavailable
                    && KnownResourceStates.TerminalStates.Contains(happened.Snapshot.State?.Text ?? "")),
            cancellationToken);
        if (happened.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it entered the state '{happened.Snapshot.State?.Text}'.");
        }

        await happened.Snapshot.ResourceReadyEvent!.WaitAsync(cancellationToken);
        return happened;
    }

    /// <summary>The last known state of a resource or replica.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_gate)
        {
            return _states.TryGetValue(resourceId, out resourceEvent);
        }
    }

    /// <summary>Every resource as it is, and then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (var state in _states.Values)
            {
                channel.Writer.TryWrite(state);
            }

            _watchers.Add(channel.Writer);
        }

        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return happened;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel.Writer);
            }
        }
    }

    /// <summary>Tells how a replica is now.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_gate)
        {
            var before = _states.TryGetValue(resourceId, out var known)
                ? known.Snapshot
                : new CustomResourceSnapshot { ResourceType = ResourceTypeName.Of(resource), Properties = [] };
            var after = stateFactory(before);
            if (known is null || !ReferenceEquals(after, before))
            {
                var happened = new ResourceEvent(resource, resourceId, after);
                _states[resourceId] = happened;
                foreach (var watcher in _watchers)
                {
                    watcher.TryWrite(happened);
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Tells how a resource is now.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) =>
        PublishUpdateAsync(resource, resource.Name, stateFactory);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposing.IsCancellationRequested)
        {
            return;
        }

        _disposing.Cancel();
        _disposing.Dispose();
        GC.SuppressFinalize(this);
    }
}

internal static class ResourceTypeName
{
    /// <summary>PostgresServerResource is a PostgresServer.</summary>
    public static string Of(IResource resource)
    {
        var name = resource.GetType().Name;
        return resource is ParameterResource ? "Parameter" : name.EndsWith("Resource", StringComparison.Ordinal) ? name[..^"Resource".Length] : name;
    }
}

using System.Collections.Frozen;

namespace Aspire.Hosting.Run;

/// <summary>A resource stops when all that wait for it or refer to it have stopped; those that have nothing to do with each other, together.</summary>
internal sealed class StopOrder
{
    private readonly IReadOnlyList<IResource> _resources;
    private readonly Dictionary<IResource, HashSet<IResource>> _dependencies;
    private readonly Dictionary<IResource, IResource[]> _dependents;

    public StopOrder(IEnumerable<IResource> resources)
    {
        _resources = [.. resources];
        _dependencies = _resources.ToDictionary(resource => resource, DependsOn);
        _dependents = _resources.ToDictionary(
            resource => resource, resource => _resources.Where(other => _dependencies[other].Contains(resource)).ToArray());
    }

    /// <summary>For each resource, how many of those that count stop one after the other from it on, itself included.</summary>
    public FrozenDictionary<IResource, int> ChainsOf(Func<IResource, bool> counts)
    {
        var lengths = new Dictionary<IResource, int>();
        return _resources.ToFrozenDictionary(resource => resource, LengthFrom);

        int LengthFrom(IResource resource)
        {
            if (lengths.TryGetValue(resource, out var length))
            {
                return length;
            }

            // References may go round in a circle: whoever is on the way here already counts there.
            lengths[resource] = 0;
            var behind = _dependencies[resource].Where(_dependencies.ContainsKey).Select(LengthFrom).DefaultIfEmpty().Max();
            return lengths[resource] = behind + (counts(resource) ? 1 : 0);
        }
    }

    public async Task RunAsync(Func<IResource, Task> stop)
    {
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(_resources.Select(resource => StopAsync(resource, [])));

        Task StopAsync(IResource resource, HashSet<IResource> path)
        {
            if (stops.TryGetValue(resource, out var running))
            {
                return running;
            }

            // References may go round in a circle: whoever is on the way here already is not waited for.
            var before = _dependents[resource].Where(dependent => !path.Contains(dependent))
                .Select(dependent => StopAsync(dependent, [.. path, resource])).ToArray();
            return stops.TryGetValue(resource, out running) ? running : stops[resource] = AfterAsync(before, resource);
        }

        async Task AfterAsync(Task[] before, IResource resource)
        {
            await Task.WhenAll(before);
            await stop(resource);
        }
    }

    private static HashSet<IResource> DependsOn(IResource resource) =>
    [
        .. resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource),
        .. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Where(relationship => relationship.Type == KnownRelationshipTypes.Reference)
            .Select(relationship => relationship.Resource),
        .. resource is IResourceWithParent child ? new[] { child.Parent } : [],
    ];
}

using System.Globalization;

namespace Aspire.Hosting.Endpoints;

/// <summary>Gives every endpoint its address before anything starts, and finds out which fixed ports are taken.</summary>
internal sealed class EndpointPlan
{
    // By resource, then by endpoint: the ports of its processes, one per replica.
    private readonly Dictionary<IResource, Dictionary<string, int[]>> _targets = [];
    private readonly List<int> _taken = [];

    /// <exception cref="DistributedApplicationException">Fixed ports are taken; all of them are named.</exception>
    public void Allocate(IEnumerable<IResource> resources, bool randomize, IEnumerable<string> otherFaults)
    {
        var faults = otherFaults.ToList();
        foreach (var resource in resources)
        {
            var targets = new Dictionary<string, int[]>(StringComparer.OrdinalIgnoreCase);
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var replicas = resource.GetReplicaCount();
                var port = FixedPort(resource, endpoint, randomize);
                if (port is { } wanted && !PortAllocator.IsFree(wanted))
                {
                    faults.Add(PortInUse.Describe(wanted, $"'{resource.Name}' (endpoint '{endpoint.Name}')", WayOut(resource, endpoint)));
                    continue;
                }

                var address = port ?? Take();
                targets[endpoint.Name] = replicas == 1 ? [address] : [.. Enumerable.Range(0, replicas).Select(_ => Take())];
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(
                    endpoint, "localhost", address, targets[endpoint.Name][0].ToString(CultureInfo.InvariantCulture));
            }

            _targets[resource] = targets;
        }

        if (faults.Count > 0)
        {
            throw new DistributedApplicationException(string.Join(Environment.NewLine, faults.Append(
                "To run beside another AppHost, start with DcpPublisher__RandomizePorts=true, which gives the apps free ports, and other addresses for the dashboard.")));
        }
    }

    /// <summary>Where a replica of a resource listens, by endpoint.</summary>
    public IReadOnlyDictionary<string, int> TargetsOf(IResource resource, int replica) =>
        _targets.TryGetValue(resource, out var targets)
            ? targets.ToDictionary(target => target.Key, target => target.Value[replica], StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, int>();

    public void Release() => PortAllocator.Return(_taken);

    // A container's target port is its own business; an app's or program's is where it listens whatever we say.
    private static int? FixedPort(IResource resource, EndpointAnnotation endpoint, bool randomize) =>
        resource is not ContainerResource && endpoint.TargetPort is { } target && (!endpoint.IsProxied || endpoint.Port is null) ? target
        : randomize && endpoint.IsProxied ? null
        : endpoint.Port;

    private static string WayOut(IResource resource, EndpointAnnotation endpoint) => endpoint.FromLaunchProfile
        ? $"end it, or change applicationUrl in Properties/launchSettings.json of '{resource.Name}'"
        : $"end it, or change the port of '{resource.Name}' in AppHost";

    private int Take()
    {
        var port = PortAllocator.Take();
        _taken.Add(port);
        return port;
    }
}

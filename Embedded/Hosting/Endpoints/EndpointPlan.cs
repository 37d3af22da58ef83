using System.Globalization;

namespace Aspire.Hosting.Endpoints;

/// <summary>Gives every endpoint its address before anything starts, and finds out which fixed ports are taken.</summary>
internal sealed class EndpointPlan
{
    // By resource, then by endpoint: the ports of its processes, one per replica.
    private readonly Dictionary<IResource, Dictionary<string, int[]>> _targets = [];
    private readonly List<int> _taken = [];

    /// <exception cref="DistributedApplicationException">
    /// Fixed ports are taken, or endpoints cannot be as they are described; all of them are named.
    /// </exception>
    public void Allocate(IEnumerable<IResource> resources, bool randomize, IEnumerable<string> otherFaults)
    {
        var faults = otherFaults.ToList();
        foreach (var resource in resources)
        {
            var targets = new Dictionary<string, int[]>(StringComparer.OrdinalIgnoreCase);
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var port = FixedPort(resource, endpoint, randomize);
                if ((FaultOf(resource, endpoint) ?? TakenOf(resource, endpoint, port)) is { } fault)
                {
                    faults.Add(fault);
                    continue;
                }

                targets[endpoint.Name] = Allocate(resource, endpoint, port ?? Take());
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

    private int[] Allocate(IResource resource, EndpointAnnotation endpoint, int address)
    {
        var replicas = resource.GetReplicaCount();
        int[] targets = replicas == 1
            ? [TargetPort(resource, endpoint) ?? address]
            : [.. Enumerable.Range(0, replicas).Select(_ => Take())];
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", address, targets[0].ToString(CultureInfo.InvariantCulture));
        return targets;
    }

    private static string? TakenOf(IResource resource, EndpointAnnotation endpoint, int? port)
    {
        var taken = new[] { port, TargetPort(resource, endpoint) }.FirstOrDefault(wanted => wanted is { } known && !PortAllocator.IsFree(known));
        return taken is { } number
            ? PortInUse.Describe(number, $"'{resource.Name}' (endpoint '{endpoint.Name}')", WayOut(resource, endpoint))
            : null;
    }

    // Aspire refuses these too: several processes at one port, and a proxy at the port of the process behind it.
    private static string? FaultOf(IResource resource, EndpointAnnotation endpoint)
    {
        var name = $"The endpoint '{endpoint.Name}' of '{resource.Name}'";
        return resource is ContainerResource ? null
            : resource.GetReplicaCount() > 1 && !endpoint.IsProxied
                ? $"{name} is proxyless, which several replicas cannot share: leave out isProxied: false, or WithReplicas."
            : resource.GetReplicaCount() > 1 && endpoint.TargetPort is not null
                ? $"{name} has a target port, which several replicas cannot share: leave out targetPort, or WithReplicas."
            : endpoint.IsProxied && endpoint.Port is not null && endpoint.Port == endpoint.TargetPort
                ? $"{name} has the same port and target port: leave one of them out, or say isProxied: false."
            : null;
    }

    // A container's target port is its own business; an app's or program's is where it listens whatever we say.
    private static int? TargetPort(IResource resource, EndpointAnnotation endpoint) =>
        resource is ContainerResource ? null : endpoint.TargetPort;

    private static int? FixedPort(IResource resource, EndpointAnnotation endpoint, bool randomize) =>
        TargetPort(resource, endpoint) is { } target && (!endpoint.IsProxied || endpoint.Port is null) ? target
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

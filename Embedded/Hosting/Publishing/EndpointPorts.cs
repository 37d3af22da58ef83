namespace Aspire.Hosting.Publishing;

/// <summary>The ports that containers of a deployment listen on. The first http and https of an app are left to the platform.</summary>
internal sealed class EndpointPorts
{
    private const int First = 8_000;

    private readonly HashSet<int> _used = [];
    private int _next = First;

    /// <summary>The port that an endpoint's process listens on; <see langword="null"/> when the platform chooses it. Asked once for each endpoint.</summary>
    public int? TargetOf(IResource resource, EndpointAnnotation endpoint)
    {
        var target = endpoint.TargetPort
            ?? (resource is ContainerResource ? endpoint.Port : null)
            ?? (IsDefault(resource, endpoint) ? null : Take());
        _used.UnionWith(new[] { endpoint.Port, target }.OfType<int>());
        return target;
    }

    private static bool IsDefault(IResource resource, EndpointAnnotation endpoint) =>
        resource is ProjectResource && endpoint.UriScheme is "http" or "https"
        && resource.Annotations.OfType<EndpointAnnotation>().First(other => other.UriScheme == endpoint.UriScheme) == endpoint;

    private int Take()
    {
        while (_used.Contains(_next))
        {
            _next++;
        }

        return _next++;
    }
}

internal sealed record ExcludedFromManifestAnnotation : IResourceAnnotation;

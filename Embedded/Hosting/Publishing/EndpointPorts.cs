namespace Aspire.Hosting.Publishing;

/// <summary>The ports that containers of a deployment listen on. The first http and https of an app are left to the platform.</summary>
internal sealed class EndpointPorts
{
    private const int First = 8_000;

    private readonly Dictionary<EndpointAnnotation, int> _given = [];
    private int _next = First;

    public int? TargetOf(IResource resource, EndpointAnnotation endpoint)
    {
        if (endpoint.TargetPort is { } target)
        {
            return target;
        }

        if (resource is ProjectResource && endpoint.UriScheme is "http" or "https"
            && resource.Annotations.OfType<EndpointAnnotation>().First(other => other.UriScheme == endpoint.UriScheme) == endpoint)
        {
            return null;
        }

        if (endpoint.Port is { } port)
        {
            return port;
        }

        if (!_given.TryGetValue(endpoint, out var given))
        {
            _given[endpoint] = given = _next++;
        }

        return given;
    }
}

internal sealed record ExcludedFromManifestAnnotation : IResourceAnnotation;

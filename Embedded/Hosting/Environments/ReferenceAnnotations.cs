namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a reference puts into the environment.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>ConnectionStrings__{name}</c>.</summary>
    ConnectionString = 1,

    /// <summary><c>{NAME}_{PART}</c>.</summary>
    ConnectionProperties = 2,

    /// <summary><c>services__{name}__{scheme}__{i}</c>.</summary>
    ServiceDiscovery = 4,

    /// <summary><c>{NAME}_{ENDPOINT}</c>.</summary>
    Endpoints = 8,

    /// <summary>All of them; the default.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}

internal sealed record ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags Flags) : IResourceAnnotation;

internal sealed record EndpointReferenceAnnotation(IResourceWithEndpoints Resource) : IResourceAnnotation
{
    public bool UseAllEndpoints { get; set; }

    public HashSet<string> EndpointNames { get; } = new(StringComparer.OrdinalIgnoreCase);
}

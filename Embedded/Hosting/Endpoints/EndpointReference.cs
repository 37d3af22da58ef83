using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names an endpoint of a resource; the endpoint may be added to the resource later. Its value is its URL.</summary>
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _annotation;

    /// <summary>Names an endpoint that is known.</summary>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
    {
        Resource = owner;
        EndpointName = endpoint.Name;
        _annotation = endpoint;
    }

    /// <summary>Names an endpoint that may be added later.</summary>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        Resource = owner;
        EndpointName = endpointName;
    }

    /// <summary>The resource that has it.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>Its name.</summary>
    public string EndpointName { get; }

    /// <summary>What was said about it.</summary>
    /// <exception cref="InvalidOperationException">The resource has no endpoint of this name.</exception>
    public EndpointAnnotation EndpointAnnotation => Find() ?? throw new InvalidOperationException(
        $"The resource '{Resource.Name}' has no endpoint '{EndpointName}'. It has: {Known()}.");

    /// <summary>Whether the application has given it an address.</summary>
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    /// <summary>Whether the resource has it.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether its scheme is http.</summary>
    public bool IsHttp => string.Equals(Scheme, "http", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its scheme is https.</summary>
    public bool IsHttps => string.Equals(Scheme, "https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it speaks TLS.</summary>
    public bool TlsEnabled => Find()?.TlsEnabled ?? false;

    /// <summary>The port it is reached at.</summary>
    public int Port => Allocated.Port;

    /// <summary>The port its process listens on, where that is fixed.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>The host it is reached at.</summary>
    public string Host => Allocated.Address;

    /// <summary>The scheme of its URL.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>Its URL, such as <c>http://localhost:5101</c>.</summary>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public string Url => Allocated.UriString;

    string IManifestExpressionProvider.ValueExpression => GetExpression(EndpointProperty.Url);

    IEnumerable<object> IValueWithReferences.References => [Resource];

    private AllocatedEndpoint Allocated => EndpointAnnotation.AllocatedEndpoint ?? throw new InvalidOperationException(
        $"The endpoint '{EndpointName}' of '{Resource.Name}' has no address yet: the application has not started.");

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    /// <summary>One part of the address as a value.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <summary>One of two texts, by whether the endpoint speaks TLS.</summary>
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue) =>
        ReferenceExpression.CreateConditional(Property(EndpointProperty.TlsEnabled), bool.TrueString, enabledValue, disabledValue);

    internal string GetExpression(EndpointProperty property)
    {
        var name = property switch
        {
            EndpointProperty.Url => "url",
            EndpointProperty.Host or EndpointProperty.IPV4Host => "host",
            EndpointProperty.Port => "port",
            EndpointProperty.Scheme => "scheme",
            EndpointProperty.TargetPort => "targetPort",
            EndpointProperty.TlsEnabled => "tlsEnabled",
            EndpointProperty.HostAndPort => null,
            _ => throw new InvalidOperationException($"The property '{property}' of an endpoint is unknown."),
        };

        return name is not null
            ? $"{{{Resource.Name}.bindings.{EndpointName}.{name}}}"
            : $"{GetExpression(EndpointProperty.Host)}:{GetExpression(EndpointProperty.Port)}";
    }

    private EndpointAnnotation? Find() => _annotation ??= Resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));

    private string Known() => Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => $"'{endpoint.Name}'").ToArray() is { Length: > 0 } names
        ? string.Join(", ", names)
        : "none";
}

/// <summary>One part of an endpoint's address.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue, IValueWithReferences
{
    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; } = endpointReference;

    /// <summary>The part.</summary>
    public EndpointProperty Property { get; } = property;

    /// <inheritdoc/>
    public string ValueExpression => Endpoint.GetExpression(Property);

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        Property == EndpointProperty.TargetPort && context.Caller == Endpoint.Resource
            && context.TargetPorts is { } ports && ports.TryGetValue(Endpoint.EndpointName, out var port)
                ? new(port.ToString(CultureInfo.InvariantCulture))
                : GetValueAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        switch (Property)
        {
            case EndpointProperty.Scheme:
                return Endpoint.Scheme;
            case EndpointProperty.TlsEnabled:
                return Endpoint.TlsEnabled ? bool.TrueString : bool.FalseString;
            case EndpointProperty.IPV4Host:
                return "127.0.0.1";
        }

        var allocated = await Endpoint.EndpointAnnotation.WhenAllocatedAsync(cancellationToken);
        return Property switch
        {
            EndpointProperty.Url => allocated.UriString,
            EndpointProperty.Host => allocated.Address,
            EndpointProperty.Port => allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.TargetPort => allocated.TargetPortExpression ?? allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => allocated.EndPointString,
            _ => throw new InvalidOperationException($"The property '{Property}' of an endpoint is unknown."),
        };
    }
}

/// <summary>The parts of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary><c>scheme://host:port</c>.</summary>
    Url,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The host as an IPv4 address.</summary>
    IPV4Host,

    /// <summary>The port others use.</summary>
    Port,

    /// <summary>The scheme of the URL.</summary>
    Scheme,

    /// <summary>The port the process itself listens on; differs for each replica.</summary>
    TargetPort,

    /// <summary><c>host:port</c>.</summary>
    HostAndPort,

    /// <summary><c>True</c> or <c>False</c>.</summary>
    TlsEnabled,
}

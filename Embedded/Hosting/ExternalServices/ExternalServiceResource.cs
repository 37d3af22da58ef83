namespace Aspire.Hosting;

/// <summary>A service outside the model, known by its URL. Mirrors <c>Aspire.Hosting.ExternalServiceResource</c>.</summary>
public sealed class ExternalServiceResource : Resource
{
    /// <summary>A service at a URL that is known.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="uri">An absolute URL without query and fragment.</param>
    /// <exception cref="ArgumentException">The URL has other parts.</exception>
    public ExternalServiceResource(string name, Uri uri)
        : base(name) => Uri = FaultOf(uri) is { } fault ? throw new ArgumentException(fault, nameof(uri)) : uri;

    /// <summary>A service at a URL that is configured.</summary>
    public ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name) => UrlParameter = urlParameter;

    /// <summary>Where it is; <see langword="null"/> when a parameter says.</summary>
    public Uri? Uri { get; }

    /// <summary>The parameter that says where it is.</summary>
    public ParameterResource? UrlParameter { get; }

    /// <summary>Where it is, with the parameter read.</summary>
    /// <exception cref="DistributedApplicationException">The parameter's value is not the URL of a service.</exception>
    internal async ValueTask<Uri> LocateAsync(CancellationToken cancellationToken)
    {
        if (Uri is not null)
        {
            return Uri;
        }

        var text = await UrlParameter!.GetValueAsync(cancellationToken);
        var fault = Uri.TryCreate(text, UriKind.Absolute, out var uri) ? FaultOf(uri) : "It must be an absolute URL.";
        return fault is null
            ? uri!
            : throw new DistributedApplicationException($"The parameter '{UrlParameter.Name}' of the external service '{Name}' is no URL of a service: {fault}");
    }

    private static string? FaultOf(Uri uri) =>
        !uri.IsAbsoluteUri ? "It must be an absolute URL."
        : uri.Fragment.Length > 0 ? "It must have no fragment."
        : uri.Query.Length > 0 ? "It must have no query."
        : null;
}

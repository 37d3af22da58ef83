namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Says what references put into the environment of a resource.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment =>
        builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Gives a resource the connection string of another and its parts.</summary>
    /// <param name="builder">Who gets it.</param>
    /// <param name="source">Whose it is.</param>
    /// <param name="connectionName">Default: the source's name.</param>
    /// <param name="optional">Whether having none is fine.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        connectionName ??= resource.Name;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            var flags = Flags(builder.Resource);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
            {
                context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}"] =
                    new ConnectionStringReference(resource, optional);
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
            {
                var prefix = connectionName.Length == 0 ? "" : $"{EncodeName(connectionName).ToUpperInvariant()}_";
                foreach (var (name, value) in resource.GetConnectionProperties())
                {
                    context.EnvironmentVariables[$"{prefix}{name.ToUpperInvariant()}"] = value;
                }
            }
        });
    }

    /// <summary>Tells a resource where another is, by service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.ReferTo(source.Resource, endpointName: null, name: null);

    /// <summary>Tells a resource where another is, by service discovery, under a name of its own.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment => builder.ReferTo(source.Resource, endpointName: null, name);

    /// <summary>Tells a resource where one endpoint is, by service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment => builder.ReferTo(endpointReference.Resource, endpointReference.EndpointName, name: null);

    /// <summary>Tells a resource where something outside the model is, by service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment =>
        !uri.IsAbsoluteUri ? throw new InvalidOperationException("The uri for service reference must be absolute.")
        : uri.AbsolutePath != "/" ? throw new InvalidOperationException("The uri absolute path must be \"/\".")
        : builder.WithEnvironment($"services__{name}__default__0", uri.ToString());

    /// <summary>Tells a resource where a service outside the model is, by service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment
    {
        var service = externalService.Resource;
        return builder.WithReferenceRelationship(service).WithEnvironment(async context =>
        {
            var flags = Flags(builder.Resource);
            object value = service.Uri is not null ? service.Uri.ToString() : service.UrlParameter!;
            var (scheme, suffix) = await SchemeOfAsync(service, context);
            (ReferenceEnvironmentInjectionFlags Flag, string Name)[] variables =
            [
                (ReferenceEnvironmentInjectionFlags.Endpoints, $"{EncodeName(service.Name).ToUpperInvariant()}{suffix}"),
                (ReferenceEnvironmentInjectionFlags.ServiceDiscovery, $"services__{service.Name}__{scheme}__0"),
            ];

            // A manifest has them in Aspire's order, which differs for parameters.
            foreach (var (flag, name) in service.Uri is null ? variables.Reverse() : variables)
            {
                if (flags.HasFlag(flag))
                {
                    context.EnvironmentVariables[name] = value;
                }
            }
        });
    }

    // The scheme of a parameter's URL is known only when it is run; Aspire's plain form has it in the name then.
    private static async ValueTask<(string Scheme, string Suffix)> SchemeOfAsync(ExternalServiceResource service, EnvironmentCallbackContext context)
    {
        if (service.Uri is { } uri)
        {
            return (uri.Scheme, "");
        }

        if (context.ExecutionContext.IsPublishMode)
        {
            return ("default", "");
        }

        var scheme = (await service.LocateAsync(context.CancellationToken)).Scheme;
        return (scheme, $"_{scheme.ToUpperInvariant()}");
    }

    /// <summary>Letters and digits stay, everything else becomes <c>_</c>; a leading digit gets one before it.</summary>
    internal static string EncodeName(string name)
    {
        var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
    }

    private static ReferenceEnvironmentInjectionFlags Flags(IResource resource) =>
        resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var injection) ? injection.Flags : ReferenceEnvironmentInjectionFlags.All;

    // One callback per source, however many of its endpoints are referred to: numbers of equal schemes stay in order.
    private static IResourceBuilder<T> ReferTo<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? name)
        where T : IResourceWithEnvironment
    {
        var reference = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>().SingleOrDefault(known => known.Resource == source);
        if (reference is null)
        {
            reference = new EndpointReferenceAnnotation(source);
            builder.WithAnnotation(reference).WithEnvironment(context => AddEndpoints(context, reference, name));
        }

        if (endpointName is null)
        {
            reference.UseAllEndpoints = true;
        }
        else
        {
            reference.EndpointNames.Add(endpointName);
        }

        return builder.WithReferenceRelationship(source);
    }

    private static void AddEndpoints(EnvironmentCallbackContext context, EndpointReferenceAnnotation reference, string? name)
    {
        var flags = Flags(context.Resource);
        var serviceName = name ?? reference.Resource.Name;
        var variables = context.EnvironmentVariables;
        foreach (var endpoint in reference.Resource.GetEndpoints().Where(endpoint =>
            reference.EndpointNames.Contains(endpoint.EndpointName)
            || (reference.UseAllEndpoints && !endpoint.EndpointAnnotation.ExcludeReferenceEndpoint)))
        {
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                var service = EncodeName(name ?? serviceName.ToUpperInvariant());
                variables[$"{service}_{EncodeName(endpoint.EndpointName).ToUpperInvariant()}"] = endpoint;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                var key = endpoint.EndpointName is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName;
                var index = 0;
                while (variables.ContainsKey($"services__{serviceName}__{key}__{index}"))
                {
                    index++;
                }

                variables[$"services__{serviceName}__{key}__{index}"] = endpoint;
            }
        }
    }
}

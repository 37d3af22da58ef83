using Aspire.Hosting.Installation;
using Aspire.Hosting.RabbitMQ;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds RabbitMQ to the model. Mirrors Aspire.Hosting.RabbitMQ; the broker runs as a native process.</summary>
public static class RabbitMQBuilderExtensions
{
    private const string Tag = "4.3";
    private const string DataFolder = "/var/lib/rabbitmq";

    /// <summary>Adds a RabbitMQ broker.</summary>
    /// <param name="builder">The model's builder.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The user; default <c>guest</c>.</param>
    /// <param name="password">Its password; default: generated, kept in user secrets as <c>Parameters:{name}-password</c>.</param>
    /// <param name="port">Default: any free port.</param>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var server = new RabbitMQServerResource(
            name, userName?.Resource,
            password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var healthCheck = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            healthCheck, _ => new RabbitMQHealthCheck(server), HealthStatus.Unhealthy, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5672, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithImage("library/rabbitmq", Tag)
            .WithImageRegistry("docker.io")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = server.UserNameReference;
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = server.PasswordParameter;
            })
            .WithHealthCheck(healthCheck)
            .WithAnnotation(new NativeServerAnnotation(ServerPackage.RabbitMQ, () => new RabbitMQServer(server)));
    }

    /// <summary>Adds the management page and API at any free port.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.WithManagementPlugin(port: null);

    /// <summary>Adds the management page and API.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder, int? port)
    {
        if (builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image) && image.Tag is { } tag)
        {
            if (image.Image != "library/rabbitmq")
            {
                throw new DistributedApplicationException(
                    $"Cannot configure the RabbitMQ resource '{builder.Resource.Name}' to enable the management plugin as it uses an unrecognized container image registry, name, or tag.");
            }

            image.Tag = tag.EndsWith("-management", StringComparison.Ordinal) ? tag
                : tag.EndsWith("-alpine", StringComparison.Ordinal) ? $"{tag[..^"-alpine".Length]}-management-alpine"
                : $"{tag}-management";
        }

        return builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == RabbitMQServerResource.ManagementEndpointName)
            ? builder.WithEndpoint(RabbitMQServerResource.ManagementEndpointName, endpoint => endpoint.Port = port ?? endpoint.Port)
            : builder.WithHttpEndpoint(port: port, targetPort: 15672, name: RabbitMQServerResource.ManagementEndpointName);
    }

    /// <summary>Keeps the data in a volume: it is there again in the next run.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? Volumes.VolumeName.Generate(builder, "data"), DataFolder, isReadOnly);

    /// <summary>Keeps the data in a folder.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(
        this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataFolder, isReadOnly);
}

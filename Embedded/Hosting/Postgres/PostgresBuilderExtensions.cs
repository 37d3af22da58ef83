using System.Globalization;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL to the model. Mirrors Aspire.Hosting.PostgreSQL; the server runs as a native process.</summary>
public static partial class PostgresBuilderExtensions
{
    /// <summary>Adds a PostgreSQL server.</summary>
    /// <param name="builder">The model's builder.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The superuser; default <c>postgres</c>.</param>
    /// <param name="password">Its password; default: generated, kept in user secrets as <c>Parameters:{name}-password</c>.</param>
    /// <param name="port">Default: any free port.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var server = new PostgresServerResource(
            name, userName?.Resource, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password"));
        var healthCheck = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            healthCheck, _ => new PostgresHealthCheck(server), HealthStatus.Unhealthy, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5432, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage("library/postgres", "18.3")
            .WithImageRegistry("docker.io")
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithHealthCheck(healthCheck)
            .WithAnnotation(new NativeServerAnnotation(ServerPackage.Postgres, () => new PostgresServer(server)));
    }

    /// <summary>Adds a database; it is created when the server is ready, if it is not there.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        var healthCheck = $"{name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            healthCheck, _ => new PostgresHealthCheck(database), HealthStatus.Unhealthy, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder.ApplicationBuilder.AddResource(database)
            .WithHealthCheck(healthCheck)
            .WithAnnotation(new PreparationAnnotation((_, cancellationToken) => PostgresDatabases.EnsureAsync(database, cancellationToken)));
    }

    /// <summary>Replaces <c>CREATE DATABASE "name"</c> by a script of one's own.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> WithCreationScript(this IResourceBuilder<PostgresDatabaseResource> builder, string script) =>
        builder.WithAnnotation(new CreationScriptAnnotation(script), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Keeps the data in a volume: it is there again in the next run.</summary>
    /// <param name="builder">The server's builder.</param>
    /// <param name="name">The volume's name; default: made of AppHost and the resource.</param>
    /// <param name="isReadOnly">Not supported by a running PostgreSQL.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? Volumes.VolumeName.Generate(builder, "data"), builder.DataFolder(), isReadOnly);

    /// <summary>Keeps the data in a folder.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(
        this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, builder.DataFolder(), isReadOnly);

    /// <summary>
    /// Runs the <c>*.sql</c> and <c>*.sh</c> of a folder when the data is created, in the order of their names. Mirrors
    /// <c>PostgresBuilderExtensions.WithInitFiles</c>.
    /// </summary>
    /// <param name="builder">The server's builder.</param>
    /// <param name="source">The folder; relative to AppHost's project.</param>
    public static IResourceBuilder<PostgresServerResource> WithInitFiles(this IResourceBuilder<PostgresServerResource> builder, string source) =>
        builder.WithBindMount(source, PostgresInitFiles.Target, isReadOnly: true);

    /// <summary>Sets the port.</summary>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port) =>
        builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    /// <summary>Sets the superuser's password.</summary>
    public static IResourceBuilder<PostgresServerResource> WithPassword(
        this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    /// <summary>Sets the superuser's name.</summary>
    public static IResourceBuilder<PostgresServerResource> WithUserName(
        this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> userName)
    {
        builder.Resource.UserNameParameter = userName.Resource;
        return builder;
    }

    // The image of PostgreSQL 18 and later keeps its data one folder higher.
    private static string DataFolder(this IResourceBuilder<PostgresServerResource> builder) =>
        builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            && int.TryParse(image.Tag?.Split('.', '-')[0], CultureInfo.InvariantCulture, out var major) && major < 18
                ? "/var/lib/postgresql/data"
                : "/var/lib/postgresql";
}

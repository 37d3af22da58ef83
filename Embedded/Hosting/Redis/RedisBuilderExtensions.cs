using System.Globalization;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Redis;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis to the model. Mirrors Aspire.Hosting.Redis; the server runs as a native process.</summary>
public static partial class RedisBuilderExtensions
{
    private const string DataFolder = "/data";

    /// <summary>Adds a Redis server.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) =>
        builder.AddRedis(name, port, password: null);

    /// <summary>Adds a Redis server.</summary>
    /// <param name="builder">The model's builder.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">Default: any free port.</param>
    /// <param name="password">Default: generated, kept in user secrets as <c>Parameters:{name}-password</c>.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        // A connection string of StackExchange.Redis has no escape for a comma: no punctuation in the generated password.
        var redis = new RedisResource(
            name, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var healthCheck = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            healthCheck, _ => new RedisHealthCheck(redis), HealthStatus.Unhealthy, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: 6379, name: RedisResource.PrimaryEndpointName, scheme: "redis")
            .WithImage("library/redis", "8.6")
            .WithImageRegistry("docker.io")
            .WithHealthCheck(healthCheck)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } secret)
                {
                    context.EnvironmentVariables["REDIS_PASSWORD"] = secret;
                }
            })
            .WithArgs(context => AddArguments(redis, context))
            .WithAnnotation(new NativeServerAnnotation(ServerPackage.Redis, () => new RedisServer(redis)));
    }

    /// <summary>Keeps the data in a volume, and saves it there every 60 s if a key changed.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) =>
        Persist(builder.WithVolume(name ?? Volumes.VolumeName.Generate(builder, "data"), DataFolder, isReadOnly), isReadOnly);

    /// <summary>Keeps the data in a folder, and saves it there every 60 s if a key changed.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(
        this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false) =>
        Persist(builder.WithBindMount(source, DataFolder, isReadOnly), isReadOnly);

    /// <summary>Saves the data.</summary>
    /// <param name="builder">The server's builder.</param>
    /// <param name="interval">How often; default 60 s.</param>
    /// <param name="keysChangedThreshold">After how many changes at least.</param>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) =>
        builder.WithAnnotation(new RedisPersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Sets the password; <see langword="null"/> means none.</summary>
    public static IResourceBuilder<RedisResource> WithPassword(
        this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        builder.Resource.PasswordParameter = password?.Resource;
        return builder;
    }

    /// <summary>Loads a module. Mirrors <c>RedisBuilderExtensions.WithModule</c>.</summary>
    /// <param name="builder">The server's builder.</param>
    /// <param name="path">The module's absolute path: of this machine when run, of the image when deployed.</param>
    /// <exception cref="ArgumentException">The path is not absolute.</exception>
    public static IResourceBuilder<RedisResource> WithModule(this IResourceBuilder<RedisResource> builder, string path) =>
        path.StartsWith('/')
            ? builder.WithAnnotation(new RedisModuleAnnotation(path))
            : throw new ArgumentException($"'{path}' is no absolute path.", nameof(path));

    /// <summary>Sets the port.</summary>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port) =>
        builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    private static IResourceBuilder<RedisResource> Persist(IResourceBuilder<RedisResource> builder, bool isReadOnly) =>
        isReadOnly || builder.Resource.HasAnnotationOfType<RedisPersistenceAnnotation>() ? builder : builder.WithPersistence();

    // A list when run, one line of the shell when published, as in Aspire.
    private static void AddArguments(RedisResource redis, CommandLineArgsCallbackContext context)
    {
        List<string> arguments = ["redis-server"];
        if (redis.PasswordParameter is not null)
        {
            arguments.AddRange(["--requirepass", "$REDIS_PASSWORD"]);
        }

        if (redis.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var persistence))
        {
            arguments.AddRange([
                "--save",
                persistence.Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                persistence.KeysChangedThreshold.ToString(CultureInfo.InvariantCulture),
            ]);
        }

        foreach (var module in redis.Annotations.OfType<RedisModuleAnnotation>().Distinct())
        {
            arguments.AddRange(["--loadmodule", module.Path]);
        }

        if (context.ExecutionContext.IsRunMode)
        {
            arguments.ForEach(context.Args.Add);
        }
        else
        {
            context.Args.Add("-c");
            context.Args.Add(string.Join(' ', arguments));
        }
    }
}

internal sealed record RedisModuleAnnotation(string Path) : IResourceAnnotation;

internal sealed record RedisPersistenceAnnotation(TimeSpan Interval, long KeysChangedThreshold) : IResourceAnnotation;

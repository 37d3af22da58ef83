using Aspire.Hosting.Redis;

namespace Aspire.Hosting.Redis
{
    /// <summary>Redis Commander, a container. Mirrors <c>Aspire.Hosting.Redis.RedisCommanderResource</c>.</summary>
    public class RedisCommanderResource(string name) : ContainerResource(name);

    /// <summary>Redis Insight, a container. Mirrors <c>Aspire.Hosting.Redis.RedisInsightResource</c>.</summary>
    public class RedisInsightResource(string name) : ContainerResource(name)
    {
        private EndpointReference? _primaryEndpoint;

        /// <summary>Its page.</summary>
        public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, "http");
    }
}

namespace Aspire.Hosting
{
    /// <summary>
    /// Adds web pages for Redis. They are containers, never part of a deployment; this engine cannot run them and says so in their state,
    /// while everything else runs. Mirrors the members of Aspire's <c>RedisBuilderExtensions</c>.
    /// </summary>
    public static partial class RedisBuilderExtensions
    {
        /// <summary>Adds Redis Insight for all servers of the model. Mirrors <c>RedisBuilderExtensions.WithRedisInsight</c>.</summary>
        /// <param name="builder">The server's builder.</param>
        /// <param name="configureContainer">Says more about the container.</param>
        /// <param name="containerName">Its resource's name; default <c>redisinsight</c>.</param>
        public static IResourceBuilder<RedisResource> WithRedisInsight(
            this IResourceBuilder<RedisResource> builder, Action<IResourceBuilder<RedisInsightResource>>? configureContainer = null,
            string? containerName = null)
        {
            builder.WithAdminPage(
                () => new RedisInsightResource(containerName ?? "redisinsight"), "redis/redisinsight", "3.4", "docker.io", targetPort: 5540, "RedisInsight",
                configureContainer);
            return builder;
        }

        /// <summary>Adds Redis Commander for all servers of the model. Mirrors <c>RedisBuilderExtensions.WithRedisCommander</c>.</summary>
        /// <param name="builder">The server's builder.</param>
        /// <param name="configureContainer">Says more about the container.</param>
        /// <param name="containerName">Its resource's name; default <c>rediscommander</c>.</param>
        public static IResourceBuilder<RedisResource> WithRedisCommander(
            this IResourceBuilder<RedisResource> builder, Action<IResourceBuilder<RedisCommanderResource>>? configureContainer = null,
            string? containerName = null)
        {
            builder.WithAdminPage(
                () => new RedisCommanderResource(containerName ?? "rediscommander"), "joeferner/redis-commander", "latest", "ghcr.io", targetPort: 8081,
                "RedisCommander", configureContainer);
            return builder;
        }

        /// <summary>Sets the port of Redis Insight. Mirrors <c>RedisBuilderExtensions.WithHostPort</c>.</summary>
        public static IResourceBuilder<RedisInsightResource> WithHostPort(this IResourceBuilder<RedisInsightResource> builder, int? port) =>
            builder.WithEndpoint("http", endpoint => endpoint.Port = port);

        /// <summary>Sets the port of Redis Commander. Mirrors <c>RedisBuilderExtensions.WithHostPort</c>.</summary>
        public static IResourceBuilder<RedisCommanderResource> WithHostPort(this IResourceBuilder<RedisCommanderResource> builder, int? port) =>
            builder.WithEndpoint("http", endpoint => endpoint.Port = port);

        /// <summary>Keeps the settings of Redis Insight in a volume. Mirrors <c>RedisBuilderExtensions.WithDataVolume</c>.</summary>
        public static IResourceBuilder<RedisInsightResource> WithDataVolume(this IResourceBuilder<RedisInsightResource> builder, string? name = null) =>
            builder.WithVolume(name ?? Volumes.VolumeName.Generate(builder, "data"), DataFolder);

        /// <summary>Keeps the settings of Redis Insight in a folder. Mirrors <c>RedisBuilderExtensions.WithDataBindMount</c>.</summary>
        public static IResourceBuilder<RedisInsightResource> WithDataBindMount(this IResourceBuilder<RedisInsightResource> builder, string source) =>
            builder.WithBindMount(source, DataFolder);
    }
}

using Microsoft.Extensions.Configuration;

/// <summary>How the shop's servers keep their data.</summary>
internal static class ShopServers
{
    /// <summary>Keeps data in a volume. Tests pass <c>--Shop:Volumes=false</c> to start empty.</summary>
    public static IResourceBuilder<PostgresServerResource> WithShopVolume(this IResourceBuilder<PostgresServerResource> server) =>
        server.ApplicationBuilder.UsesVolumes() ? server.WithDataVolume() : server;

    /// <inheritdoc cref="WithShopVolume(IResourceBuilder{PostgresServerResource})"/>
    public static IResourceBuilder<RabbitMQServerResource> WithShopVolume(this IResourceBuilder<RabbitMQServerResource> server) =>
        server.ApplicationBuilder.UsesVolumes() ? server.WithDataVolume() : server;

    /// <inheritdoc cref="WithShopVolume(IResourceBuilder{PostgresServerResource})"/>
    public static IResourceBuilder<RedisResource> WithShopVolume(this IResourceBuilder<RedisResource> server) =>
        server.ApplicationBuilder.UsesVolumes() ? server.WithDataVolume() : server;

    /// <summary>
    /// Writes every change to disk before it is answered: the basket's outbox may lose nothing. Redis' arguments are a list when it is
    /// run and one shell line in the manifest.
    /// </summary>
    public static IResourceBuilder<RedisResource> WithAppendOnlyFile(this IResourceBuilder<RedisResource> redis) =>
        redis.WithArgs(context =>
        {
            string[] arguments = ["--appendonly", "yes", "--appendfsync", "always"];

            if (context.ExecutionContext.IsRunMode)
            {
                foreach (var argument in arguments)
                {
                    context.Args.Add(argument);
                }
            }
            else
            {
                context.Args[^1] = $"{context.Args[^1]} {string.Join(' ', arguments)}";
            }
        });

    private static bool UsesVolumes(this IDistributedApplicationBuilder builder) =>
        builder.Configuration.GetValue("Shop:Volumes", defaultValue: true);
}

using Hosting.Processes;

namespace AppHost;

/// <summary>
/// The shop's servers as the apps use them: each property is a connection string with an account of one service, which reaches only what is
/// that service's.
/// </summary>
/// <param name="Messaging">By the name of the service.</param>
internal sealed record ShopServers(
    IResourceBuilder<IResourceWithConnectionString> CatalogDb,
    IResourceBuilder<IResourceWithConnectionString> OrderingDb,
    IResourceBuilder<IResourceWithConnectionString> IdentityDb,
    IReadOnlyDictionary<string, IResourceBuilder<IResourceWithConnectionString>> Messaging,
    IResourceBuilder<IResourceWithConnectionString> Baskets,
    IResourceBuilder<IResourceWithConnectionString> Cache);

/// <summary>Chooses how the shop's servers run, by the setting <c>Shop:Servers</c>.</summary>
internal static class ShopServersSetup
{
    private const string ServersSetting = "Shop:Servers";
    private const string VolumesSetting = "Shop:Volumes";

    // 10 processes of each app: one has at most 24 connections to its database, Catalog 48. PostgreSQL's own default is 100.
    private const string MaxConnections = "max_connections=1000";
    private static readonly string[] Services = ["catalog-api", "ordering-api", "basket-api", "webapp"];

    /// <summary>
    /// Not set: containers if a container runtime answers, else processes. <c>containers</c> or <c>processes</c>: always that one.
    /// <c>managed</c>: existing servers, each with its connection string. A manifest describes containers, except with <c>managed</c>.
    /// </summary>
    /// <exception cref="DistributedApplicationException"><c>Shop:Servers</c> has another value.</exception>
    public static ShopServers AddShopServers(this IDistributedApplicationBuilder builder)
    {
        switch (builder.Configuration[ServersSetting])
        {
            case null or "":
                return builder.RunServersAsProcessesWithoutContainers().AddServers();
            case "containers":
                return builder.AddServers();
            case "processes":
                return builder.RunServersAsProcesses().AddServers();
            case "managed":
                return builder.AddManagedServers();
            case var unknown:
                throw new DistributedApplicationException(
                    $"{ServersSetting} is '{unknown}'. Allowed values are 'containers', 'processes' and 'managed'; " +
                    "leave it out to run containers where a container runtime answers, and processes elsewhere.");
        }
    }

    private static ShopServers AddServers(this IDistributedApplicationBuilder builder)
    {
        // Tests pass --Shop:Volumes=false to start with empty servers.
        var keepData = builder.ReadSwitch(VolumesSetting, byDefault: true);
        var postgres = builder.AddPostgres("postgres");
        var catalogDb = postgres.AddDatabase("catalogdb", role: "catalog");
        var orderingDb = postgres.AddDatabase("orderingdb", role: "ordering");
        var identityDb = postgres.AddDatabase("identitydb", role: "identity");
        if (builder.ExecutionContext.IsPublishMode)
        {
            postgres.CreateWhenDeployed(MaxConnections, catalogDb, orderingDb, identityDb);
        }
        else
        {
            postgres.WithArgs("-c", MaxConnections);
        }

        var messaging = builder.AddMessaging(keepData, Services);

        // Every change is on disk before Redis answers, because the basket's outbox must not lose an event. When memory is full, Redis
        // refuses to write and removes nothing.
        var baskets = builder.AddRedis("basketstore").WithoutTls()
            .WithSettings("--appendonly", "yes", "--appendfsync", "always", "--maxmemory", "512mb", "--maxmemory-policy", "noeviction");
        var cache = builder.AddRedis("cache").WithoutTls().WithSettings("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru");

        if (keepData)
        {
            postgres.WithDataVolume();
            baskets.WithDataVolume();
        }

        return new(
            catalogDb,
            orderingDb,
            identityDb,
            messaging,
            baskets.AddAccount("basket-api"),
            cache.AddAccount("webapp"));
    }

    private static ShopServers AddManagedServers(this IDistributedApplicationBuilder builder) => new(
        builder.AddConnectionString("catalogdb"),
        builder.AddConnectionString("orderingdb"),
        builder.AddConnectionString("identitydb"),
        builder.AddManagedMessaging(Services),
        builder.AddConnectionString("basketstore"),
        builder.AddConnectionString("cache"));

    /// <summary>
    /// By default, Aspire gives Redis (but no other server) a development certificate, which all clients would have to trust.
    /// </summary>
    private static IResourceBuilder<RedisResource> WithoutTls(this IResourceBuilder<RedisResource> redis) =>
#pragma warning disable ASPIRECERTIFICATES001 // Experimental in Aspire 13.6, but there is no other API for it.
        redis.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
}

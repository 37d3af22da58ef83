using System.Globalization;

namespace AppHost;

/// <summary>Shoppers on demand: start the resource <c>load</c> in Aspire's dashboard, and change the load with its commands.</summary>
internal static class LoadResource
{
    private static readonly double[] Rates = [1, 5, 20];

    /// <summary>Adds the load generator. It is not started automatically, and not part of a deployment.</summary>
    public static void AddLoadGenerator(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> webApp, ShopServers servers)
    {
        if (!builder.ExecutionContext.IsRunMode)
        {
            return;
        }

        var load = builder.AddProject<Projects.LoadGenerator>("load")
            .WithHttpEndpoint()
            .WithReference(webApp)
            .WithReference(servers.OrderingDb)
            .WithReference(servers.CatalogDb)
            .WithReference(servers.IdentityDb)
            .WithReference(servers.Baskets, "basketstore")
            .WithEnvironment("Shop", "http://webapp")
            .WithExplicitStart()
            .WithHttpCommand("/finish", "Finish and check the books", commandOptions: new() { IconName = "Checkmark" });

        foreach (var rate in Rates)
        {
            var perSecond = rate.ToString(CultureInfo.InvariantCulture);
            load.WithHttpCommand($"/rate?perSecond={perSecond}", $"{perSecond} visits per second");
        }
    }
}

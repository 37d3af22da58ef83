namespace Basket.Api.Products;

public static class ProductSetup
{
    /// <summary>The replica of Catalog's products and what fills it.</summary>
    public static void AddProducts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReplicaOptions>().BindConfiguration(ReplicaOptions.SectionName)
            .Validate(options => options.PollInterval > TimeSpan.Zero, "Products:PollInterval must be positive.")
            .ValidateOnStart();

        // FollowCatalog retries by itself, every second.
#pragma warning disable EXTEXP0001 // The only way to remove the retries that every HTTP client has by default.
        builder.Services.AddHttpClient<CatalogFeed>(http =>
        {
            http.BaseAddress = new Uri("https+http://catalog-api");
            http.Timeout = TimeSpan.FromSeconds(10);
        }).RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        builder.Services.AddSingleton<ProductStore>();
        builder.Services.AddSingleton<ProductShelf>();
        builder.Services.AddSingleton<Replica>();
        builder.Services.AddHostedService<FollowCatalog>();
        builder.Services.AddHealthChecks().AddCheck<ReplicaHealth>("products");
    }
}

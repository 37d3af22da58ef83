namespace Basket.Api.Products;

public static class ProductSetup
{
    /// <summary>The replica of Catalog's products and what fills it.</summary>
    public static void AddProducts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ProductStore>();
        builder.Services.AddSingleton<ProductShelf>();
        builder.Services.AddSingleton<Replica>();
        builder.Services.AddHostedService<FillReplica>();
        builder.Services.AddHealthChecks().AddCheck<ReplicaHealth>("products");
    }
}

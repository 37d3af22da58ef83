namespace Catalog.Api.Caching;

internal static class CachingSetup
{
    private const long MaxBytes = 32 * 1024 * 1024;
    private const long MaxBodyBytes = 512 * 1024;

    public static void AddCatalogCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CatalogGeneration>();
        builder.Services.AddSingleton<GenerationInterceptor>();
        builder.Services.AddSingleton<CatalogCachePolicy>();
        builder.Services.AddHostedService<WatchOtherReplicas>();
        builder.Services.AddOutputCache(options =>
        {
            options.SizeLimit = MaxBytes;
            options.MaximumBodySize = MaxBodyBytes;
            options.AddPolicy(CatalogCachePolicy.Name, policy => policy.AddPolicy<CatalogCachePolicy>(), excludeDefaultPolicy: true);
        });
    }
}

namespace Catalog.Api.Caching;

internal static class CatalogCaching
{
    private const long MostBytes = 32 * 1024 * 1024;
    private const long LargestAnswer = 512 * 1024;

    public static void AddCatalogCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CatalogGeneration>();
        builder.Services.AddSingleton<GenerationInterceptor>();
        builder.Services.AddSingleton<CatalogCachePolicy>();
        builder.Services.AddHostedService<WatchOtherReplicas>();
        builder.Services.AddOutputCache(options =>
        {
            options.SizeLimit = MostBytes;
            options.MaximumBodySize = LargestAnswer;
            options.AddPolicy(CatalogCachePolicy.Name, policy => policy.AddPolicy<CatalogCachePolicy>(), excludeDefaultPolicy: true);
        });
    }
}

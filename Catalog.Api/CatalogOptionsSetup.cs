namespace Catalog.Api;

internal static class CatalogOptionsSetup
{
    public static void AddCatalogOptions(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<CatalogOptions>().BindConfiguration(CatalogOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
}

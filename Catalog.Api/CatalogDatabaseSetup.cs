using Catalog.Api.Caching;
using Catalog.Api.Items;
using Catalog.Api.Pictures;
using Catalog.Api.Seed;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ServiceDefaults.Databases;
using ServiceDefaults.Migrations;

namespace Catalog.Api;

internal static class CatalogDatabaseSetup
{
    /// <summary>The context for changes, and a connection pool of the same database for the reads that clients ask for most.</summary>
    public static void AddCatalogDatabase(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<CatalogContext>(
            CatalogReads.Database,

            // The code that catches the exception decides whether it is an error: a database without migrations and a taken id are none.
            options => options.ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug))));
        builder.Services.ConfigureDbContext<CatalogContext>((services, options) =>
            options.AddInterceptors(services.GetRequiredService<GenerationInterceptor>()));

        builder.Services.AddSingleton<CatalogReads>();
        builder.Services.AddSingleton<ItemReads>();
        builder.Services.AddSingleton<PictureFiles>();
        builder.Services.AddSingleton<PictureReads>();
        builder.Services.AddSingleton<PictureEncoder>();
        builder.Services.AddSingleton<ItemAudit>();
        builder.AddMigration<CatalogContext, SeedCatalog>();
    }
}

using Catalog.Api.Caching;
using Catalog.Api.Items;
using Catalog.Api.Seed;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using ServiceDefaults.Databases;
using ServiceDefaults.Migrations;

namespace Catalog.Api;

internal static class CatalogData
{
    /// <summary>The key of the connection pool for reads that nothing tracks.</summary>
    public const string Reads = "catalog-reads";

    private const string Name = "catalogdb";

    // Below this share of common trigrams a word no longer counts as mistyped. PostgreSQL's 0.6 forgives too little in short words.
    private const string SearchSettings = "-c pg_trgm.word_similarity_threshold=0.45";

    /// <summary>The context for changes, and beside it the same database without tracking for the reads that clients wait for.</summary>
    public static void AddCatalogData(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<CatalogContext>(
            Name,

            // The code that catches the exception decides whether it is an error: a database without migrations and a taken id are none.
            options => options.ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug))));
        builder.Services.ConfigureDbContext<CatalogContext>((services, options) =>
            options.AddInterceptors(services.GetRequiredService<GenerationInterceptor>()));

        // Keyed: the context would take a data source without a key for its own.
        builder.Services.AddKeyedSingleton(Reads, (_, _) => CreateReads(builder.Configuration.GetConnectionString(Name)));
        builder.Services.AddSingleton<ItemReads>();
        builder.Services.AddSingleton<PictureFiles>();
        builder.AddMigration<CatalogContext, SeedCatalog>();
    }

    private static NpgsqlDataSource CreateReads(string? connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = Reads,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
        };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? SearchSettings : $"{settings.Options} {SearchSettings}";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}

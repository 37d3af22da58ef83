using System.ComponentModel.DataAnnotations;

namespace Catalog.Api;

/// <summary>Settings of this service, section <c>Catalog</c>.</summary>
public sealed class CatalogOptions
{
    public const string Section = "Catalog";

    /// <summary>A JSON array of <c>Id, Type, Brand, Name, Description, Price</c> (and optionally <c>Stock</c>) to fill an empty database from.
    /// Default: the shop's own products.</summary>
    public string? SeedFile { get; set; }

    /// <summary>The folder of the pictures that products name. Default: the shop's own pictures, or, with <see cref="SeedFile"/>, the
    /// folder <c>Pictures</c> beside it.</summary>
    public string? PicturesFolder { get; set; }

    /// <summary>How long stock is held for an order that is not paid. Default: 15 minutes; must be longer than Ordering waits for a
    /// payment, so that an order that gets paid still has its stock.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan HoldDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often holds that have run out are looked for. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan HoldSweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a replica looks for changes that another one made, to drop its cached answers. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan CacheCheckInterval { get; set; } = TimeSpan.FromSeconds(1);
}

internal static class CatalogOptionsRegistration
{
    public static void AddCatalogOptions(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<CatalogOptions>().BindConfiguration(CatalogOptions.Section).ValidateDataAnnotations().ValidateOnStart();
}

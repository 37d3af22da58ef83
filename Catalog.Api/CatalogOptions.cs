using System.ComponentModel.DataAnnotations;

namespace Catalog.Api;

/// <summary>Settings of this service; section <c>Catalog</c>.</summary>
public sealed class CatalogOptions
{
    public const string SectionName = "Catalog";

    /// <summary>
    /// The file that fills an empty database: a JSON array of <c>Id, Type, Brand, Name, Description, Price</c> and optionally
    /// <c>Stock</c> and <c>Featured</c>.
    /// Default: the shop's own products.
    /// </summary>
    public string? SeedFile { get; set; }

    /// <summary>
    /// The folder of the products' pictures. Default: the shop's own pictures; with <see cref="SeedFile"/>, the folder <c>Pictures</c>
    /// beside it.
    /// </summary>
    public string? PicturesFolder { get; set; }

    /// <summary>
    /// How long stock is held for an unpaid order. Default: 15 minutes. Must be longer than Ordering waits for a payment, so that a paid
    /// order still has its stock.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan HoldDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often expired holds are released. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan HoldSweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a closed hold is kept after it would have expired. Default: 14 days, as long as the bus keeps ids of handled messages:
    /// until then it recognizes a repeated message about the order.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan HoldRetention { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How often a replica looks for changes of other replicas, to drop its cached answers. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan CacheCheckInterval { get; set; } = TimeSpan.FromSeconds(1);
}

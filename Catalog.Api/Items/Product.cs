using Contracts.Catalog;

namespace Catalog.Api.Items;

/// <summary>
/// What the shop sells. Every method that changes what others may see counts <see cref="Version"/> up and returns the event that tells
/// of it: one version per event, so that a receiver can put a product's events in order.
/// </summary>
public sealed class Product
{
    public int Id { get; init; }
    public required string Name { get; set; }
    public required string Description { get; set; }
    public required decimal Price { get; set; }
    public string Currency { get; init; } = ShopCurrency;
    public required int TypeId { get; set; }
    public required int BrandId { get; set; }

    /// <summary>The names of type and brand, kept here so that one index searches all three.</summary>
    public required string Keywords { get; set; }

    public string? PictureFileName { get; set; }

    /// <summary>What lies in the warehouse, held for orders or not.</summary>
    public required int OnHand { get; set; }

    /// <summary>What is held for orders that have not been shipped.</summary>
    public int Reserved { get; set; }

    public long Version { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DiscontinuedAt { get; set; }

    /// <summary>The transaction that last changed the row; a trigger writes it. See <c>ListChanges</c>.</summary>
    public ulong ChangedIn { get; init; }

    public int AvailableStock => DiscontinuedAt is null ? OnHand - Reserved : 0;

    public const string ShopCurrency = "EUR";

    public ProductChanged Announce(ProductType type, Brand brand)
    {
        Version++;
        return State(type, brand);
    }

    /// <summary>The full state as it is, without a new version: what was said of this version is said again.</summary>
    public ProductChanged State(ProductType type, Brand brand) =>
        new(Id, Name, Description, Price, Currency, brand.Name, type.Name, AvailableStock, Version);

    public IEnumerable<object> Revise(ItemDraft draft, ProductType type, Brand brand)
    {
        var pictureFileName = draft.PictureFileName ?? PictureFileName;
        if ((Name, Description, TypeId, BrandId, PictureFileName) != (draft.Name, draft.Description, type.Id, brand.Id, pictureFileName))
        {
            (Name, Description, TypeId, BrandId, PictureFileName) = (draft.Name, draft.Description, type.Id, brand.Id, pictureFileName);
            Keywords = KeywordsOf(type, brand);
            yield return Announce(type, brand);
        }

        if (Price != draft.Price)
        {
            var oldPrice = Price;
            Price = draft.Price;
            yield return new PriceChanged(Id, oldPrice, Price, Currency, ++Version);
        }

        if (draft.AvailableStock is { } available && available != AvailableStock)
        {
            OnHand = available + Reserved;
            yield return StockLevel();
        }
    }

    public ProductDiscontinued Discontinue(DateTimeOffset now)
    {
        DiscontinuedAt = now;
        return new ProductDiscontinued(Id, ++Version);
    }

    public StockLevelChanged Reserve(int quantity)
    {
        if (quantity > AvailableStock)
        {
            throw new InvalidOperationException($"Product {Id} has {AvailableStock} available, {quantity} cannot be reserved.");
        }

        Reserved += quantity;
        return StockLevel();
    }

    public StockLevelChanged Release(int quantity)
    {
        Reserved -= quantity;
        return StockLevel();
    }

    /// <summary>What was held leaves the warehouse. What can be bought stays the same, so there is nothing to tell.</summary>
    public void Ship(int quantity)
    {
        Reserved -= quantity;
        OnHand -= quantity;
        Version++;
    }

    public static string KeywordsOf(ProductType type, Brand brand) => $"{type.Name} {brand.Name}";

    private StockLevelChanged StockLevel() => new(Id, AvailableStock, ++Version);
}

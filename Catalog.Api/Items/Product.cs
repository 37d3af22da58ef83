using Contracts.Catalog;

namespace Catalog.Api.Items;

/// <summary>
/// A product of the shop. Each method that changes public data increments <see cref="Version"/> and returns the event to publish: one
/// version per event, so that a receiver can put a product's events in order.
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

    /// <summary>The names of type and brand, stored here so that one index searches them together with the name.</summary>
    public required string Keywords { get; set; }

    public string? PictureFileName { get; set; }

    /// <summary>Whether the front page shows it first.</summary>
    public bool IsFeatured { get; set; }

    /// <summary>The number in the warehouse, held for orders or not.</summary>
    public required int OnHand { get; set; }

    /// <summary>The number that is held for orders that are not shipped yet.</summary>
    public int Reserved { get; set; }

    public long Version { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DiscontinuedAt { get; set; }

    /// <summary>The transaction that last changed the row, written by a trigger; <c>ListChanges</c> reads it.</summary>
    public ulong ChangedIn { get; init; }

    public int AvailableStock => DiscontinuedAt is null ? OnHand - Reserved : 0;

    public const string ShopCurrency = "EUR";

    public ProductChanged Announce(ProductType type, Brand brand)
    {
        Version++;
        return State(type, brand);
    }

    /// <summary>The full state without a new version, to publish it again.</summary>
    public ProductChanged State(ProductType type, Brand brand) =>
        new(Id, Name, Description, Price, Currency, brand.Name, type.Name, AvailableStock, Version);

    public IEnumerable<object> Revise(ItemRequest request, ProductType type, Brand brand)
    {
        var (name, description) = (request.CleanName, request.CleanDescription);
        var (pictureFileName, isFeatured) = (request.GivenPicture ?? PictureFileName, request.IsFeatured ?? IsFeatured);
        if ((Name, Description, TypeId, BrandId, PictureFileName, IsFeatured)
            != (name, description, type.Id, brand.Id, pictureFileName, isFeatured))
        {
            (Name, Description, TypeId, BrandId) = (name, description, type.Id, brand.Id);
            (PictureFileName, IsFeatured) = (pictureFileName, isFeatured);
            Keywords = KeywordsOf(type, brand);
            yield return Announce(type, brand);
        }

        if (request.Price is { } price && price != Price)
        {
            var oldPrice = Price;
            Price = price;
            yield return new PriceChanged(Id, oldPrice, Price, Currency, ++Version);
        }

        if (request.AvailableStock is { } available && available != AvailableStock)
        {
            OnHand = available + Reserved;
            yield return StockLevel();
        }
    }

    /// <summary>The picture is a part of the description, so the event is the same.</summary>
    public ProductChanged Show(string pictureFileName, ProductType type, Brand brand)
    {
        PictureFileName = pictureFileName;
        return Announce(type, brand);
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

    /// <summary>Held stock leaves the warehouse. The available stock stays the same, so there is no event.</summary>
    public void Ship(int quantity)
    {
        Reserved -= quantity;
        OnHand -= quantity;
        Version++;
    }

    /// <summary>Stock that was not held leaves the warehouse. What is held for other orders stays.</summary>
    public StockLevelChanged ShipUnheld(int quantity)
    {
        OnHand -= Math.Min(quantity, OnHand - Reserved);
        return StockLevel();
    }

    public static string KeywordsOf(ProductType type, Brand brand) => $"{type.Name} {brand.Name}";

    private StockLevelChanged StockLevel() => new(Id, AvailableStock, ++Version);
}

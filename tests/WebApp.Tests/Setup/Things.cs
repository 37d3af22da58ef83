using System.Text.Json;
using System.Text.Json.Nodes;
using Basket.Grpc;
using Google.Type;

namespace WebApp.Tests.Setup;

/// <summary>Responses of the fake services.</summary>
public static class Things
{
    public static object Item(int id, string name = "Heron Desk Lamp", decimal price = 89m, int stock = 12) => new
    {
        id,
        name,
        description = "A lamp.",
        price,
        currency = "EUR",
        catalogTypeId = 1,
        catalogType = new { id = 1, type = "Lamps" },
        catalogBrandId = 2,
        catalogBrand = new { id = 2, brand = "Morrow Works" },
        availableStock = stock,
        version = 1,
        pictureVersion = "5f0c2a9be1d47733",
        isFeatured = false,
    };

    public static object Page(params object[] items) => new { pageIndex = 0, pageSize = 24, count = items.Length, data = items };

    /// <summary>A page after the last one: empty, in a list that is not.</summary>
    public static object PageAfterTheLast(int count) => new { pageIndex = 998, pageSize = 24, count, data = Array.Empty<object>() };

    public static readonly object Facets = FacetsOf(null);

    /// <param name="corrected">The search that found them, if another one was asked for.</param>
    public static object FacetsOf(string? corrected) => new
    {
        count = 1,
        types = new[] { new { id = 1, type = "Lamps", count = 1, lowestPrice = 89m } },
        brands = new[] { new { id = 2, brand = "Morrow Works", count = 1 } },
        price = new { lowest = 89m, highest = 89m, currency = "EUR" },
        stock = new { inStock = 1, soldOut = 0 },
        correctedName = corrected,
    };

    public static FakeServices WithCatalog(this FakeServices services) => services
        .Json("GET /api/catalog/items", Page(Item(1)))
        .Json("GET /api/catalog/items/1", Item(1))
        .Json("GET /api/catalog/items/by", new[] { Item(1), Item(2) })
        .Json("GET /api/catalog/items/1/related", Array.Empty<object>())
        .Json("GET /api/catalog/highlights", new
        {
            featured = new[] { Item(3, "Picnic Radio") },
            nearlyGone = new[] { Item(4, "Letter Kite", stock: 2) },
            bestsellers = new[] { Item(5, "Sunday Teapot") },
            newest = Array.Empty<object>(),
        })
        .Json("GET /api/catalog/catalogtypes", new[] { new { id = 1, type = "Lamps" } })
        .Json("GET /api/catalog/catalogbrands", new[] { new { id = 2, brand = "Morrow Works" } })
        .Json("GET /api/catalog/facets", Facets);

    public static BasketView Basket(params BasketLine[] lines)
    {
        var view =
            new BasketView {
                Total = Euros(lines.Sum(line => line.UnitPrice.Units * line.Quantity)), ItemCount = lines.Sum(line => line.Quantity) };
        view.Lines.AddRange(lines);
        return view;
    }

    public static BasketLine Line(
        int id = 1, int quantity = 1, long price = 89, long? oldPrice = null, bool isAvailable = true, int stock = 12) =>
        new()
    {
        ProductId = id,
        ProductName = "Heron Desk Lamp",
        UnitPrice = Euros(price),
        OldUnitPrice = oldPrice is { } old ? Euros(old) : null,
        Quantity = quantity,
        AvailableStock = stock,
        IsAvailable = isAvailable,
    };

    /// <param name="status">The last of <paramref name="steps"/> unless the order is cancelled.</param>
    public static object Order(Guid id, string status = "Paid", string? code = null, string? reason = null, params string[] steps) => new
    {
        id,
        number = "SH-48213",
        status,
        placedAt = "2026-01-01T10:00:00Z",
        total = 89m,
        refunded = 0m,
        currency = "EUR",
        lines = new[] { new { productId = 1, productName = "Heron Desk Lamp", unitPrice = 89m, quantity = 1 } },
        buyerName = "Ada Buyer",
        buyerEmail = "ada@example.com",
        shippingAddress = new { street = "1 Harbour Road", city = "Porto", country = "Portugal", zipCode = "4000-001" },
        payment = new { brand = "Visa", last4 = "4242" },
        carrier = status is "Shipped" ? "DHL" : null,
        trackingNumber = status is "Shipped" ? "0034 0434" : null,
        refunds = Array.Empty<object>(),
        timeline = steps.Prepend("Submitted").Select(
            (step, hours) => new { status = step, at = $"2026-01-01T{10 + hours}:00:00Z", reason = (string?)null }),
        cancelReasonCode = code,
        cancelReason = reason,
    };

    /// <summary>The same order after refunds of these amounts, half an hour after it was paid and an hour after each other.</summary>
    public static JsonNode Refunded(object order, params int[] amounts)
    {
        var refunded = JsonSerializer.SerializeToNode(order)!;
        refunded["refunded"] = amounts.Sum();
        refunded["refunds"] = new JsonArray([.. amounts.Select((amount, hours) => new JsonObject
        {
            ["id"] = Guid.CreateVersion7(),
            ["amount"] = amount,
            ["reason"] = "A scratch.",
            ["status"] = "Refunded",
            ["requestedAt"] = $"2026-01-01T{12 + hours}:30:00Z",
        })]);
        return refunded;
    }

    private static Money Euros(long amount) => new() { Units = amount, CurrencyCode = "EUR" };
}

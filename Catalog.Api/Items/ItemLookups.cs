using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Items;

/// <summary>The type and brand that a request names by id.</summary>
internal sealed record ItemLookups(ProductType? Type, Brand? Brand)
{
    public static async Task<ItemLookups> FindAsync(CatalogContext db, ItemRequest request, CancellationToken cancellationToken) => new(
        await db.ProductTypes.AsNoTracking().SingleOrDefaultAsync(type => type.Id == request.CatalogTypeId, cancellationToken),
        await db.Brands.AsNoTracking().SingleOrDefaultAsync(brand => brand.Id == request.CatalogBrandId, cancellationToken));

    /// <summary>The problem that names each missing one, or null if both exist.</summary>
    public ValidationProblem? Problem()
    {
        var errors = new Dictionary<string, string[]>();
        if (Type is null)
        {
            errors["catalogTypeId"] = ["There is no type with this id."];
        }

        if (Brand is null)
        {
            errors["catalogBrandId"] = ["There is no brand with this id."];
        }

        return errors.Count > 0 ? TypedResults.ValidationProblem(errors) : null;
    }
}

using Catalog.Api.Caching;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Items;

internal static class ListBrands
{
    public static async Task<TaggedJson<IReadOnlyList<BrandView>>> HandleAsync(CatalogContext db, CancellationToken cancellationToken) =>
        new(
            await db.Brands.OrderBy(brand => brand.Name)
                .Select(brand => new BrandView(brand.Id, brand.Name))
                .ToListAsync(cancellationToken),
            CatalogJson.Plain.IReadOnlyListBrandView);
}

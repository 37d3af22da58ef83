using Catalog.Api.Caching;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Items;

internal static class ListTypes
{
    public static async Task<TaggedJson<IReadOnlyList<TypeView>>> HandleAsync(CatalogContext db, CancellationToken cancellationToken) =>
        new(
            await db.ProductTypes.OrderBy(type => type.Name)
                .Select(type => new TypeView(type.Id, type.Name))
                .ToListAsync(cancellationToken),
            CatalogJson.Plain.IReadOnlyListTypeView);
}

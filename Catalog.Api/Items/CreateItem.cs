using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Catalog.Api.Items;

internal static class CreateItem
{
    public static async Task<Results<Created, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ItemRequest request, CatalogContext db, TimeProvider clock, HttpResponse response, CancellationToken cancellationToken)
    {
        var (faults, draft, type, brand) = await request.CheckAsync(db, cancellationToken);
        if (draft is null)
        {
            return faults.ToProblem();
        }

        var product = new Product
        {
            Id = await ProductIds.TakeAsync(db, draft.Id, cancellationToken),
            Name = draft.Name,
            Description = draft.Description,
            Price = draft.Price,
            TypeId = type!.Id,
            BrandId = brand!.Id,
            Keywords = Product.KeywordsOf(type, brand),
            PictureFileName = draft.PictureFileName,
            OnHand = draft.AvailableStock ?? 0,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Products.Add(product);
        db.Publish(product.Announce(type, brand));

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation,
            ConstraintName: "pk_products",
        })
        {
            return ItemProblems.Exists(product.Id);
        }

        response.Headers.ETag = ItemVersion.TagOf(product.Version);
        return TypedResults.Created($"/api/catalog/items/{product.Id}");
    }
}

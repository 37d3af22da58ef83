using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ServiceDefaults.Tokens;

namespace Catalog.Api.Items;

internal static class CreateItem
{
    public static async Task<Results<Created, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ItemRequest request, CatalogContext db, TimeProvider clock, ItemAudit audit, HttpContext http, CancellationToken cancellationToken)
    {
        var lookups = await ItemLookups.FindAsync(db, request, cancellationToken);
        if (lookups is not { Type: { } type, Brand: { } brand })
        {
            return lookups.Problem()!;
        }

        if (await ProductIds.TakeAsync(db, request.Id, cancellationToken) is not { } id)
        {
            return ItemProblems.IdsExhausted();
        }

        var product = new Product
        {
            Id = id,
            Name = request.CleanName,
            Description = request.CleanDescription,
            Price = request.Price!.Value,
            TypeId = type.Id,
            BrandId = brand.Id,
            Keywords = Product.KeywordsOf(type, brand),
            PictureFileName = request.GivenPicture,
            IsFeatured = request.IsFeatured ?? false,
            OnHand = request.AvailableStock ?? 0,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Products.Add(product);
        db.Publish(product.Announce(type, brand));
        db.Send(ItemActions.Created(http.User.GetUserId(), product));

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

        audit.Created(http.User.GetUserId(), product.Id);
        http.Response.Headers.ETag = ItemVersion.TagOf(product.Version);
        return TypedResults.Created($"/api/catalog/items/{product.Id}");
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Tokens;

namespace Catalog.Api.Items;

internal static class ReviseItem
{
    // Stock changes while an administrator edits. Without If-Match the last request wins, so after a conflict the product is read again.
    private const int MaxAttempts = 5;

    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [Range(1, ProductIds.Highest)] int id, ItemRequest request, CatalogContext db, ItemAudit audit, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (request.Id is { } given and > 0 && given != id)
        {
            return InvalidId($"The id is {given}, but the path names product {id}.");
        }

        var lookups = await ItemLookups.FindAsync(db, request, cancellationToken);
        if (lookups is not { Type: { } type, Brand: { } brand })
        {
            return lookups.Problem()!;
        }

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var product = await db.Products.SingleOrDefaultAsync(p => p.Id == id && p.DiscontinuedAt == null, cancellationToken);
            if (product is null)
            {
                return ItemProblems.NotFound(id);
            }

            if (!http.Request.Allows(product.Version))
            {
                return ItemProblems.Changed(id, product.Version);
            }

            object[] changes = [.. product.Revise(request, type, brand)];
            Array.ForEach(changes, db.PublishChange);
            Array.ForEach(changes, change => db.Send(ItemActions.Changed(http.User.GetUserId(), product, change)));

            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                continue;
            }

            Array.ForEach(changes, change => audit.Changed(http.User.GetUserId(), change));
            http.Response.Headers.ETag = ItemVersion.TagOf(product.Version);
            return TypedResults.NoContent();
        }

        return ItemProblems.Contended(id);
    }

    /// <summary>For clients of the first version of the contract, which send the id in the body only.</summary>
    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleIdInBodyAsync(
        ItemRequest request, CatalogContext db, ItemAudit audit, HttpContext http, CancellationToken cancellationToken) =>
        request.Id is { } id and > 0
            ? await HandleAsync(id, request, db, audit, http, cancellationToken)
            : InvalidId("Enter the id of the product.");

    private static ValidationProblem InvalidId(string reason) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["id"] = [reason] });
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Tokens;

namespace Catalog.Api.Items;

internal static class DiscontinueItem
{
    private const int MaxAttempts = 5;

    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [Range(1, ProductIds.Highest)] int id, CatalogContext db, TimeProvider clock, ItemAudit audit, HttpContext http,
        CancellationToken cancellationToken)
    {
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

            db.Publish(product.Discontinue(clock.GetUtcNow()));
            db.Send(ItemActions.Discontinued(http.User.GetUserId(), product));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                audit.Discontinued(http.User.GetUserId(), id);
                return TypedResults.NoContent();
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
            }
        }

        return ItemProblems.Contended(id);
    }
}

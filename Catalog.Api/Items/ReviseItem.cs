using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults;

namespace Catalog.Api.Items;

internal static class ReviseItem
{
    // Stock moves while an administrator types: without If-Match the last word counts, so a change in between only means reading again.
    private const int Attempts = 5;

    public static async Task<Results<Created, ValidationProblem, ProblemHttpResult>> HandleAsync(
        int id, ItemRequest request, CatalogContext db, HttpContext http, CancellationToken cancellationToken)
    {
        var (faults, draft, type, brand) = await request.CheckAsync(db, cancellationToken);
        faults.Unless(request.Id is null or 0 || request.Id == id, "id", $"is {request.Id}, but the address names product {id}.");
        if (draft is null || faults.Any)
        {
            return faults.ToProblem();
        }

        for (var attempt = 1; attempt <= Attempts; attempt++)
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

            foreach (var change in product.Revise(draft, type!, brand!))
            {
                db.PublishChange(change);
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                continue;
            }

            http.Response.Headers.ETag = ItemVersion.TagOf(product.Version);
            return TypedResults.Created($"/api/catalog/items/{id}");
        }

        return ItemProblems.Contended(id);
    }

    /// <summary>As clients of the first contract version do it.</summary>
    public static async Task<Results<Created, ValidationProblem, ProblemHttpResult>> HandleIdInBodyAsync(
        ItemRequest request, CatalogContext db, HttpContext http, CancellationToken cancellationToken)
    {
        if (request.Id is { } id and > 0)
        {
            return await HandleAsync(id, request, db, http, cancellationToken);
        }

        var faults = new Faults();
        faults.Add("id", "is required.");
        return faults.ToProblem();
    }
}

using System.ComponentModel.DataAnnotations;
using Catalog.Api.Items;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ServiceDefaults.Tokens;

namespace Catalog.Api.Pictures;

internal static class UploadPicture
{
    public const int MaxBytes = 10 * 1024 * 1024;

    // Stock changes while an administrator uploads; after a conflict the product is read again.
    private const int MaxAttempts = 5;

    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [Range(1, ProductIds.Highest)] int id, CatalogContext db, PictureEncoder encoder, ItemAudit audit, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (!await db.Products.AnyAsync(product => product.Id == id && product.DiscontinuedAt == null, cancellationToken))
        {
            return ItemProblems.NotFound(id);
        }

        using var upload = new MemoryStream();
        await http.Request.Body.CopyToAsync(upload, cancellationToken);
        var (files, fault) = await encoder.EncodeAsync(upload.ToArray(), cancellationToken);
        if (fault is not null)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["picture"] = [fault] });
        }

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await db.Products.SingleOrDefaultAsync(p => p.Id == id && p.DiscontinuedAt == null, cancellationToken) is not { } product)
            {
                return ItemProblems.NotFound(id);
            }

            if (!http.Request.Allows(product.Version))
            {
                return ItemProblems.Changed(id, product.Version);
            }

            try
            {
                await ReplaceAsync(db, product, files, http.User.GetUserId(), cancellationToken);
            }
            catch (DbUpdateException exception) when (IsConflict(exception))
            {
                db.ChangeTracker.Clear();
                continue;
            }

            audit.PictureChanged(http.User.GetUserId(), id);
            http.Response.Headers.ETag = ItemVersion.TagOf(product.Version);
            return TypedResults.NoContent();
        }

        return ItemProblems.Contended(id);
    }

    private static async Task ReplaceAsync(
        CatalogContext db, Product product, IReadOnlyList<(int Width, byte[] Bytes)> files, Guid userId,
        CancellationToken cancellationToken)
    {
        var fileName = PictureNames.Of(product.Id, files[^1].Bytes);
        if (fileName == product.PictureFileName)
        {
            return;
        }

        // Pictures of earlier uploads; their content is not needed to delete them.
        db.Pictures.RemoveRange(await db.Pictures.Where(old => old.ProductId == product.Id && old.FileName != fileName)
            .Select(old => new StoredPicture { FileName = old.FileName, Width = old.Width, ProductId = old.ProductId, Bytes = new byte[0] })
            .ToListAsync(cancellationToken));
        if (!await db.Pictures.AnyAsync(stored => stored.FileName == fileName, cancellationToken))
        {
            db.Pictures.AddRange(files.Select(file => new StoredPicture
            {
                FileName = fileName,
                Width = file.Width,
                ProductId = product.Id,
                Bytes = file.Bytes,
            }));
        }

        db.Publish(product.Show(
            fileName,
            await db.ProductTypes.SingleAsync(type => type.Id == product.TypeId, cancellationToken),
            await db.Brands.SingleAsync(brand => brand.Id == product.BrandId, cancellationToken)));
        db.Send(ItemActions.PictureChanged(userId, product));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static bool IsConflict(DbUpdateException exception) => exception is DbUpdateConcurrencyException
        or { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } };
}

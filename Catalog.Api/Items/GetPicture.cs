using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Catalog.Api.Items;

internal static class GetPicture
{
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        int id, ItemReads reads, PictureFiles pictures, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await reads.FindPictureAsync(id, cancellationToken) is not { } fileName)
        {
            return ItemProblems.NotFound(id);
        }

        var picture = await pictures.ReadAsync(fileName, cancellationToken);

        // One hour from the cache, one day more while the cache revalidates: pictures change seldom, and an old one does no harm.
        response.Headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400";
        return TypedResults.File(picture.Bytes, picture.ContentType, entityTag: new EntityTagHeaderValue(picture.Tag));
    }
}

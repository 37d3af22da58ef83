using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Catalog.Api.Items;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Catalog.Api.Pictures;

internal static class GetPicture
{
    // The address changes with the picture.
    private const string ForEver = "public, max-age=31536000, immutable";

    // One hour from the cache, one day more while the cache revalidates: pictures change seldom, and an old one does no harm.
    private const string ForAnHour = "public, max-age=3600, stale-while-revalidate=86400";

    public static async Task<Results<FileContentHttpResult, ValidationProblem, ProblemHttpResult>> HandleAsync(
        int id,
        [AllowedValues(null, 160, 320, 640, 1280, ErrorMessage = "The width must be 160, 320, 640 or 1280.")]
        [Description("The width in pixels: 160, 320, 640 or 1280. Default: 640.")] int? width,
        [Description("The product's `pictureVersion`. With the current one, caches may keep the picture without limit.")] string? version,
        PictureReads pictures, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(id, width ?? PictureSizes.Default, cancellationToken) is not var (picture, current))
        {
            return ItemProblems.NotFound(id);
        }

        response.Headers.CacheControl = version == current ? ForEver : ForAnHour;
        return TypedResults.File(picture.Bytes, picture.ContentType, entityTag: new EntityTagHeaderValue(picture.Tag));
    }
}

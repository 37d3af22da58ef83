using Catalog.Api.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using ServiceDefaults.Tokens;

namespace Catalog.Api.Pictures;

internal static class PictureEndpoints
{
    private static readonly string[] Uploads = ["image/jpeg", "image/png", "image/webp"];

    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        var pictures = routes.MapGroup("/api/catalog/items/{id:int}/pic").WithTags("Pictures");
        pictures.MapGet("", GetPicture.HandleAsync).AllowAnonymous().CacheUntilChange()
            .WithName("GetPicture")
            .WithSummary("Read the picture of a product")
            .WithDescription(
                "Returns a drawing of a parcel if the product has no picture. A product that is no longer sold keeps its picture.")
            .Produces(StatusCodes.Status200OK, contentType: "image/webp")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

        // The type of the body is not matched by routing: its content decides, and a wrong type must not be answered before the sign-in is
        // checked.
        pictures.MapPut("", UploadPicture.HandleAsync).RequireAuthorization(Policies.Admin)
            .WithName("UploadPicture")
            .WithSummary("Upload the picture of a product")
            .WithDescription(
                "The body is a JPEG, PNG or WebP file of at most 10 MB. It is decoded and stored as WebP in all sizes, without its " +
                "metadata.")
            .WithMetadata(new RequestSizeLimitAttribute(UploadPicture.MaxBytes))
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = Uploads.ToDictionary(type => type, _ => new OpenApiMediaType()),
                };
                return Task.CompletedTask;
            });
    }
}

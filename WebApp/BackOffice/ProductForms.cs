using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Tokens;
using WebApp.Clients;
using WebApp.Identity;
using WebApp.Storefront;
using WebApp.Storefront.Layout;

namespace WebApp.BackOffice;

/// <summary>
/// The buttons of a product in the back office. The form parameter of each makes the framework check the anti-forgery token.
/// </summary>
public static class ProductForms
{
    private const int LargestPicture = 10 * 1024 * 1024;

    // The file, and the lines around it in the form.
    private const int LargestUpload = LargestPicture + 16 * 1024;

    public static void MapProductForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/admin/products/{id:int}/picture", ShowPictureAsync).RequireAuthorization(Policies.Admin)
            .WithMetadata(new RequestSizeLimitAttribute(LargestUpload));
        app.MapPost("/admin/products/{id:int}/retire", RetireAsync).RequireAuthorization(Policies.Admin);
    }

    private static async Task<IResult> ShowPictureAsync(
        int id, IFormFile? picture, CurrentVisitor current, CatalogClient catalog, Flash flash, CancellationToken cancellationToken)
    {
        flash.Leave(picture is null or { Length: 0 }
            ? new FlashMessage("Choose a picture first.", IsProblem: true)
            : Outcome(
                await catalog.ShowPictureAsync(current.Find()!, id, await ReadAsync(picture, cancellationToken), cancellationToken),
                "The shop shows the new picture."));
        return LocalRedirects.To($"/admin/products/{id}");
    }

    private static async Task<IResult> RetireAsync(
        int id, [FromForm] IFormCollection form, CurrentVisitor current, CatalogClient catalog, Flash flash,
        CancellationToken cancellationToken)
    {
        var reply = await catalog.RetireAsync(current.Find()!, id, cancellationToken);
        flash.Leave(Outcome(reply, "It is no longer sold."));
        return LocalRedirects.To(reply.IsSuccess || reply.IsNotFound ? "/admin/products" : $"/admin/products/{id}");
    }

    private static FlashMessage Outcome(Reply<Done> reply, string done) => reply switch
    {
        { IsSuccess: true } => new FlashMessage(done),
        { IsUnavailable: true } =>
            new FlashMessage("The catalog does not respond right now. Please try again in a moment.", IsProblem: true),
        { Errors.Count: > 0 } => new FlashMessage(string.Join(' ', reply.Errors.First().Value), IsProblem: true),
        _ => new FlashMessage(reply.Reason, IsProblem: true),
    };

    private static async Task<byte[]> ReadAsync(IFormFile picture, CancellationToken cancellationToken)
    {
        var bytes = new byte[picture.Length];
        await using var content = picture.OpenReadStream();
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}

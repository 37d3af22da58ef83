using ServiceDefaults.Api;

namespace Catalog.Api.Changes;

internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/catalog/changes", ListChanges.HandleAsync).WithTags("Changes").AllowAnonymous()
            .WithName("ListChanges")
            .WithSummary("Read the changes of products")
            .WithDescription(
                "For replicas: products in the order of their last change. Send the `next` of each answer as `after` of the next request.")
            .WithResponseExample(StatusCodes.Status200OK, new ChangesView(
                [
                    new ProductState(
                        2, "Sunday Teapot", "Round, generous and impossible to hurry.", 42.00m, "EUR", "Fennel & Finch", "Teapots", 55,
                        false, 1),
                ],
                "746-2",
                HasMore: false))
            .Produces(StatusCodes.Status304NotModified);
}

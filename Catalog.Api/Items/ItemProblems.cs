using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

internal static class ItemProblems
{
    public static ProblemHttpResult NotFound(int id) => TypedResults.Problem(
        $"There is no product {id}, or it is no longer sold.", statusCode: StatusCodes.Status404NotFound, title: "Product not found");

    public static ProblemHttpResult Exists(int id) => TypedResults.Problem(
        $"Product {id} exists already. Leave the id out to let the shop choose one.", statusCode: StatusCodes.Status409Conflict, title: "Product exists");

    public static ProblemHttpResult Changed(int id, long version) => TypedResults.Problem(
        $"Product {id} is at version {version}, which If-Match does not name. Read it again and decide anew.",
        statusCode: StatusCodes.Status412PreconditionFailed, title: "Product changed meanwhile");

    public static ProblemHttpResult Contended(int id) => TypedResults.Problem(
        $"Product {id} is being changed too often right now. Try again.", statusCode: StatusCodes.Status409Conflict, title: "Product busy");
}

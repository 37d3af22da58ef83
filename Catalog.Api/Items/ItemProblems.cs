using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

internal static class ItemProblems
{
    public static ProblemHttpResult NotFound(int id) => TypedResults.Problem(
        $"Product {id} does not exist or is no longer sold.", statusCode: StatusCodes.Status404NotFound, title: "Product not found");

    public static ProblemHttpResult Exists(int id) => TypedResults.Problem(
        $"Product {id} exists already. Leave out the id, and the shop chooses one.",
        statusCode: StatusCodes.Status409Conflict, title: "Product exists");

    public static ProblemHttpResult IdsExhausted() => TypedResults.Problem(
        $"All ids up to {ProductIds.Highest} are taken. Choose a free one yourself.",
        statusCode: StatusCodes.Status409Conflict, title: "No id left");

    public static ProblemHttpResult Changed(int id, long version) => TypedResults.Problem(
        $"Product {id} has version {version}, and If-Match names another one. Read the product again before you change it.",
        statusCode: StatusCodes.Status412PreconditionFailed, title: "Product was changed");

    public static ProblemHttpResult Contended(int id) => TypedResults.Problem(
        $"Product {id} is changed too often at the moment. Try again.", statusCode: StatusCodes.Status409Conflict, title: "Product busy");
}

using Flows.Stitching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

public static class GetMessage
{
    public static Results<Ok<MessageView>, ProblemHttpResult> Handle(MessageCatalog messages, string id) =>
        messages.Find(PathId.Of(id)) is { } sent
            ? TypedResults.Ok(ViewsOf.Of(sent))
            : TypedResults.Problem(
                $"No message '{id}' is known: none of its spans has arrived, or it was dropped for newer ones.",
                statusCode: StatusCodes.Status404NotFound);
}

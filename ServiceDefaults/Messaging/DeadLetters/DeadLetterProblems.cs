using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class DeadLetterProblems
{
    public static ProblemHttpResult NotFound(string id) => TypedResults.Problem(
        $"There is no dead letter '{id}': it was replayed or discarded, or another reader holds it at the moment.",
        statusCode: StatusCodes.Status404NotFound, title: "Dead letter not found");

    public static ProblemHttpResult UnknownQueue(string queue, IEnumerable<string> queues) => TypedResults.Problem(
        $"'{queue}' is not a queue of this service; it has {string.Join(", ", queues)}.",
        statusCode: StatusCodes.Status404NotFound, title: "Queue not found");

    public static ProblemHttpResult BrokerUnreachable() => TypedResults.Problem(
        "The message broker, which keeps the dead letters, cannot be reached at the moment. Try again in a moment.",
        statusCode: StatusCodes.Status503ServiceUnavailable, title: "Broker unreachable");
}

using EventBus.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class CountDeadLetters
{
    /// <param name="Queues">A queue that cannot be counted at the moment is left out.</param>
    public sealed record Counts(IReadOnlyList<DeadLetterCount> Queues);

    public static async Task<Ok<Counts>> HandleAsync(ServiceDeadLetters letters, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Counts(await letters.CountAsync(cancellationToken)));
}

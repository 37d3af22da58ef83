using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class DiscardDeadLetterGroup
{
    public static async Task<Ok<DeadLetterReport>> HandleAsync(
        string group, ServiceDeadLetters letters, CancellationToken cancellationToken) =>
        TypedResults.Ok((await letters.DiscardAsync(letter => letter.Group == group, cancellationToken)).ToReport());
}

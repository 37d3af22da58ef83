using System.ComponentModel;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using EventBus.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class ReplayDeadLetter
{
    public sealed record Edit([property: Description("Replaces the body of the message.")] JsonNode? Body);

    public static async Task<Results<Ok<DeadLetterReport>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        string id,
        Edit? edit,
        ServiceDeadLetters letters,
        DeadLetterAudit audit,
        ClaimsPrincipal user,
        CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? body = null;
        if (edit is not null)
        {
            ReadOnlyMemory<byte> edited = Encoding.UTF8.GetBytes(edit.Body?.ToJsonString() ?? "null");
            if (await letters.FindAsync(id, cancellationToken) is not { } letter)
            {
                return DeadLetterProblems.NotFound(id);
            }

            // A body that fails again would replace the one that was sent.
            if (letters.FindFault(letter, edited) is { } fault)
            {
                return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["body"] = [fault] });
            }

            body = edited;
        }

        var report = (await letters.ReplayAsync(
            letter => letter.Id == id, ReplayDeadLetterGroup.DefaultRate, dryRun: false, Audit, cancellationToken, body)).ToReport();
        return report.Messages.Count > 0 ? TypedResults.Ok(report) : DeadLetterProblems.NotFound(id);

        void Audit(DeadLetter letter)
        {
            if (body is not null)
            {
                audit.Edited(user.GetUserId(), letter.Id);
            }

            audit.Replayed(user.GetUserId(), letter.Id);
        }
    }
}

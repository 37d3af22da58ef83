using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using EventBus.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class ReplayDeadLetterGroup
{
    public const double DefaultRate = 100;

    private const double SlowestRate = 0.1;
    private const double FastestRate = 1000;

    public static async Task<Ok<DeadLetterReport>> HandleAsync(
        string group,
        ServiceDeadLetters letters,
        DeadLetterAudit audit,
        ClaimsPrincipal user,
        [Description("Only list what would be replayed.")] bool dryRun = false,
        [Description("Messages per second, so that new messages are not delayed.")][Range(SlowestRate, FastestRate)]
        double rate = DefaultRate,
        CancellationToken cancellationToken = default)
    {
        var outcome = await letters.ReplayAsync(
            letter => letter.Group == group, rate, dryRun, letter => audit.Replayed(user.GetUserId(), letter.Id), cancellationToken);
        return TypedResults.Ok(outcome.ToReport());
    }

    public static DeadLetterReport ToReport(this DeadLetterOutcome outcome) =>
        new([.. outcome.Letters.Select(letter => letter.Id)], outcome.Remaining);
}

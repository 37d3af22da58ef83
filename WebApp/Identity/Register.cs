using Microsoft.AspNetCore.Http.HttpResults;

namespace WebApp.Identity;

/// <summary>
/// Opens an account, which works once the link in the mail is confirmed. The answer is the same if the address has an account already.
/// </summary>
public static class Register
{
    public static async Task<Results<Accepted, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Registration request, OpenAccount opening, HttpResponse response, CancellationToken cancellationToken)
    {
        var outcome = await opening.RunAsync(request, returnUrl: null, cancellationToken);

        return outcome switch
        {
            { Wait: { } wait } => IdentityProblems.Throttled(wait, response),
            { Errors.Count: > 0 } => TypedResults.ValidationProblem(outcome.Errors),
            _ => TypedResults.Accepted((string?)null),
        };
    }
}

using Microsoft.AspNetCore.Http.HttpResults;

namespace MailSink.Mails;

internal static class MailProblems
{
    public static ProblemHttpResult NotFound(Guid id) => TypedResults.Problem(
        $"There is no mail {id}: it was deleted, or 500 newer ones have arrived.",
        statusCode: StatusCodes.Status404NotFound, title: "Mail not found");
}

using Microsoft.AspNetCore.Http.HttpResults;

namespace MailSink.Mails;

internal static class DeleteMails
{
    public static Results<NoContent, ProblemHttpResult> Handle(Guid id, MailStore mails) =>
        mails.Delete(id) ? TypedResults.NoContent() : MailProblems.NotFound(id);

    public static NoContent HandleAll(MailStore mails)
    {
        mails.Clear();
        return TypedResults.NoContent();
    }
}

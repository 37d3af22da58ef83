using ServiceDefaults.Tokens;

namespace MailSink.Mails;

/// <summary>What the server has received, for administrators: mails have secret links.</summary>
internal static class MailEndpoints
{
    public static void MapMails(this IEndpointRouteBuilder app)
    {
        var mails = app.MapGroup("/api/mails").WithTags("Mails").RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        mails.MapGet("/", ListMails.Handle).WithName("ListMails").WithSummary("The newest 500 mails, the newest first (admin)")
            .ProducesValidationProblem();
        mails.MapGet("/{id:guid}", ReadMail.Handle).WithName("ReadMail").WithSummary("One mail with headers, text and HTML (admin)");
        mails.MapGet("/{id:guid}/raw", ReadMail.HandleRaw).WithName("ReadRawMail").WithSummary("One mail as it was received (admin)");
        mails.MapDelete("/{id:guid}", DeleteMails.Handle).WithName("DeleteMail").WithSummary("Delete one mail (admin)");
        mails.MapDelete("/", DeleteMails.HandleAll).WithName("DeleteMails").WithSummary("Delete all mails (admin)");
    }
}

using Contracts.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Tokens;
using WebApp.Identity;
using WebApp.Storefront;
using WebApp.Storefront.Layout;

namespace WebApp.BackOffice.Mailbox;

public static class MailboxForms
{
    private const string NoMails = "The mails cannot be deleted right now. Try again in a moment.";

    public static void MapMailboxForms(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/mailbox/{id:guid}/html", ShowAsync).RequireAuthorization(Policies.Admin).WithMetadata(new FramedContent());
        app.MapPost("/admin/mailbox/delete", DeleteAllAsync).RequireAuthorization(Policies.Admin);
    }

    /// <summary>The HTML of a mail, for the frame of its page. Whatever is in it, the browser loads and runs nothing of it.</summary>
    private static async Task<Results<ContentHttpResult, NotFound>> ShowAsync(
        Guid id, MailboxClient mailbox, CurrentVisitor current, CancellationToken cancellationToken) =>
        mailbox.Exists && (await mailbox.FindAsync(current.Find()!, id, cancellationToken)).Value is { Html: { } html }
            ? TypedResults.Content(html, "text/html; charset=utf-8")
            : TypedResults.NotFound();

    /// <param name="form">Not used: a form parameter makes the framework check the anti-forgery token.</param>
    private static async Task<IResult> DeleteAllAsync(
        [FromForm] IFormCollection form, MailboxClient mailbox, IdentityContext db, CurrentVisitor current, Flash flash,
        CancellationToken cancellationToken)
    {
        if (mailbox.Exists)
        {
            var admin = current.Find()!;
            var reply = await mailbox.DeleteAllAsync(admin, cancellationToken);

            if (reply.IsSuccess)
            {
                db.Send(new RecordAction(admin.Id, "mailbox.emptied", "mailbox"));
                await db.SaveChangesAsync(cancellationToken);
            }

            flash.Leave(reply.IsSuccess ? new FlashMessage("The mailbox is empty.") : new FlashMessage(NoMails, IsProblem: true));
        }

        return LocalRedirects.To("/admin/mailbox");
    }
}

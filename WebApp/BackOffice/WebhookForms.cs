using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Tokens;
using WebApp.Clients;
using WebApp.Identity;
using WebApp.Storefront;
using WebApp.Storefront.Layout;

namespace WebApp.BackOffice;

/// <summary>The buttons of a webhook. The form parameter of each makes the framework check the anti-forgery token.</summary>
public static class WebhookForms
{
    public static void MapWebhookForms(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/admin/webhooks/{id:guid}").RequireAuthorization(Policies.Admin);
        webhooks.MapPost("/switch", SwitchAsync);
        webhooks.MapPost("/delete", DeleteAsync);
        webhooks.MapPost("/deliveries/{delivery:guid}/resend", ResendAsync);
    }

    private static async Task<IResult> SwitchAsync(
        Guid id, [FromForm] bool active, CurrentVisitor current, WebhookClient webhooks, Flash flash, CancellationToken cancellationToken)
    {
        var admin = current.Find()!;
        var found = await webhooks.FindAsync(admin, id, cancellationToken);
        var reply = found.Value is { } webhook ? await webhooks.SwitchAsync(admin, webhook, active, cancellationToken) : found;
        flash.Leave(Message(reply, active ? "It is switched on." : "It is switched off."));
        return LocalRedirects.To($"/admin/webhooks/{id}");
    }

    private static async Task<IResult> DeleteAsync(
        Guid id, [FromForm] IFormCollection form, CurrentVisitor current, WebhookClient webhooks, Flash flash,
        CancellationToken cancellationToken)
    {
        var reply = await webhooks.DeleteAsync(current.Find()!, id, cancellationToken);
        flash.Leave(Message(reply, "The webhook and its deliveries are deleted."));
        return LocalRedirects.To(reply.IsUnavailable ? $"/admin/webhooks/{id}" : "/admin/webhooks");
    }

    private static async Task<IResult> ResendAsync(
        Guid id, Guid delivery, [FromForm] IFormCollection form, CurrentVisitor current, WebhookClient webhooks, Flash flash,
        CancellationToken cancellationToken)
    {
        var reply = await webhooks.ResendAsync(current.Find()!, id, delivery, cancellationToken);
        flash.Leave(Message(reply, "It is being sent again. Reload the page to see the result."));
        return LocalRedirects.To($"/admin/webhooks/{id}");
    }

    private static FlashMessage Message<T>(Reply<T> reply, string done) => reply.IsSuccess
        ? new FlashMessage(done)
        : new FlashMessage(reply.IsNotFound ? "It does not exist any more." : reply.Reason, IsProblem: true);
}

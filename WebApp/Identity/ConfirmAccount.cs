using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Text;
using WebApp.Identity.Tokens;

namespace WebApp.Identity;

/// <summary>
/// Confirms the address of a new account. With a guest's token in <c>Authorization</c>, the guest's basket and orders move to the account.
/// </summary>
public static class ConfirmAccount
{
    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Request request, [FromHeader] string? authorization, ConfirmAddress confirmation, Accounts accounts, TokenIssuer tokens,
        HttpResponse response, CancellationToken cancellationToken)
    {
        var outcome = await confirmation.RunAsync(request.Secret, request.Password!, cancellationToken);

        switch (outcome)
        {
            case null:
                return IdentityProblems.VoidLink();
            case { Wait: { } wait }:
                return IdentityProblems.Throttled(wait, response);
            case { User: null }:
                return IdentityProblems.WrongPassword();
        }

        if (await tokens.ReadGuestAsync(authorization) is { } guest)
        {
            await accounts.AdoptAsync(outcome.User, guest, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    public sealed class Request
    {
        /// <summary>From the link in the mail, the value of <c>secret</c>.</summary>
        [Required(ErrorMessage = "Send the secret of the link in the mail."), PlainText]
        public string? Secret { get; set; }

        /// <summary>The password that was chosen when the account was opened.</summary>
        [Required(ErrorMessage = "Send the password of the account."),
        MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Password { get; set; }
    }
}

using Microsoft.Extensions.Options;
using MimeKit;

namespace WebApp.Mail;

/// <summary>Stops the start of a shop that cannot send mail. The message never quotes the connection string: it has a password.</summary>
internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(50);

    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        List<string> faults = [];

        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            faults.Add(
                "ConnectionStrings:mail is missing. Set it (environment variable ConnectionStrings__mail) to the address of an SMTP "
                + "server, such as smtp://user:password@smtp.example.com:587. AppHost runs one when it runs the shop.");
        }
        else if (MailServerAddress.Parse(options.ConnectionString) is null)
        {
            faults.Add(
                "ConnectionStrings:mail is not the address of an SMTP server, such as smtp://user:password@smtp.example.com:587 or "
                + "smtps://… Percent-encode signs such as @, : and / in the user and the password.");
        }

        if (options.From is { Length: > 0 } from && !MailboxAddress.TryParse(from, out _))
        {
            faults.Add($"Mail:From is '{from}', which is not an address such as Shop <hello@shop.example.com>.");
        }

        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTimeout)
        {
            faults.Add($"Mail:Timeout is {options.Timeout}; it must be more than zero and at most {LongestTimeout}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

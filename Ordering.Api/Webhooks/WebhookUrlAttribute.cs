using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;
using ServiceDefaults.Text;

namespace Ordering.Api.Webhooks;

/// <summary>
/// Requires an address that webhooks may call; <see cref="WebhookOptions.AllowPrivateAddresses"/> decides on private ones.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebhookUrlAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var options = validationContext.GetRequiredService<IOptions<WebhookOptions>>().Value;
        return FaultOf(value as string, options) is { } fault
            ? new ValidationResult(fault, [validationContext.MemberName ?? ""])
            : ValidationResult.Success;
    }

    private static string? FaultOf(string? text, WebhookOptions options)
    {
        // .NET would remove spaces around a URL and encode others: the address that is called would not be the one that was entered.
        if (PlainText.FaultOf(text) is not null || text?.Any(char.IsWhiteSpace) is true)
        {
            return "The URL must not have spaces or control characters.";
        }

        if (text is not { Length: > 0 and <= WebhookOptions.LongestUrl } || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return $"Enter an absolute URL of at most {WebhookOptions.LongestUrl} characters.";
        }

        if (url.Scheme != Uri.UriSchemeHttps && !(options.AllowPrivateAddresses && url.Scheme == Uri.UriSchemeHttp))
        {
            return "The URL must begin with https://.";
        }

        if (url.UserInfo.Length > 0)
        {
            return "The URL must not have a user name or password.";
        }

        if (url.OriginalString.Contains('#', StringComparison.Ordinal))
        {
            return "The URL must not have a fragment (#): it is not sent.";
        }

        if (HostOf(url) is not { } host)
        {
            return "The URL has no valid host.";
        }

        // Host names are checked when they are resolved, at each delivery. Here only what the URL itself shows.
        return IsPrivate(host.TrimEnd('.')) && !options.AllowPrivateAddresses ? $"{url.Host} is not an address of the internet." : null;
    }

    private static bool IsPrivate(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address)
        ? !PublicAddress.IsPublic(address)
        : $".{host}".EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static string? HostOf(Uri url)
    {
        try
        {
            return Uri.CheckHostName(url.IdnHost) is UriHostNameType.Unknown ? null : url.IdnHost;
        }
        catch (UriFormatException)
        {
            return null; // Not a valid internationalized name.
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ordering.Api.Webhooks;

/// <summary>What a subscriber may be. Tells every fault at once.</summary>
internal static class WebhookRules
{
    public static ValidationProblem? Check(string? url, IReadOnlyList<string>? eventTypes, WebhookOptions options)
    {
        var errors = new Dictionary<string, string[]>();

        if (CheckUrl(url, options) is { } urlFault)
        {
            errors["url"] = [urlFault];
        }

        if (eventTypes is not { Count: > 0 })
        {
            errors["eventTypes"] = [$"Name at least one of {string.Join(", ", WebhookEvents.Types)}."];
        }
        else if (eventTypes.Except(WebhookEvents.Types).ToArray() is { Length: > 0 } unknown)
        {
            errors["eventTypes"] = [.. unknown.Select(type => $"'{type}' is none of {string.Join(", ", WebhookEvents.Types)}.")];
        }

        return errors.Count > 0 ? TypedResults.ValidationProblem(errors) : null;
    }

    private static string? CheckUrl(string? url, WebhookOptions options)
    {
        if (url is not { Length: > 0 and <= WebhookOptions.LongestUrl } || !Uri.TryCreate(url, UriKind.Absolute, out var parsed))
        {
            return $"'{url}' is not an absolute URL of at most {WebhookOptions.LongestUrl} characters.";
        }

        if (parsed.UserInfo.Length > 0)
        {
            return "The URL must not carry a user name or password.";
        }

        if (options.AllowPrivateAddresses)
        {
            return parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps ? null : $"'{url}' is neither http nor https.";
        }

        if (parsed.Scheme != Uri.UriSchemeHttps)
        {
            return $"'{url}' is not https.";
        }

        // Names are judged when they are resolved, at each delivery; here only what can be seen.
        var isPrivate = parsed.IsLoopback || (IPAddress.TryParse(parsed.IdnHost, out var address) && !PublicAddress.IsPublic(address));
        return isPrivate ? $"{parsed.Host} is not an address of the internet." : null;
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Servers;

/// <summary>Opens an account at a running shop, as a program does: with the link in the mail, which it reads in MailSink.</summary>
public static partial class NewAccount
{
    public static async Task OpenAsync(
        Uri shop, Uri mailSink, string adminToken, string email, string password, string name, CancellationToken cancellationToken)
    {
        using var anyone = new HttpClient { BaseAddress = shop };
        using var registered = await anyone.PostAsJsonAsync("api/identity/register", new { email, password, name }, cancellationToken);
        registered.EnsureSuccessStatusCode();
        var text = await ReadMailAsync(mailSink, adminToken, email, cancellationToken);
        using var confirmed = await anyone.PostAsJsonAsync(
            "api/identity/confirm", new { secret = Secret().Match(text).Groups[1].Value, password }, cancellationToken);
        confirmed.EnsureSuccessStatusCode();
    }

    /// <summary>The text of the newest mail to this address; waits until there is one.</summary>
    public static async Task<string> ReadMailAsync(Uri mailSink, string adminToken, string email, CancellationToken cancellationToken)
    {
        using var sink = new HttpClient { BaseAddress = mailSink };
        sink.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        var mails = await Eventually.AsksAsync(
            async () => (await sink.GetFromJsonAsync<JsonNode>($"api/mails?to={Uri.EscapeDataString(email)}", cancellationToken))!,
            mails => (int)mails["count"]! > 0);
        var mail = await sink.GetFromJsonAsync<JsonNode>($"api/mails/{mails["data"]![0]!["id"]}", cancellationToken);
        return (string)mail!["text"]!;
    }

    [GeneratedRegex(@"secret=([\w-]+)")]
    private static partial Regex Secret();
}

using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity.OAuth;

/// <summary>A public client with one PKCE pair.</summary>
internal sealed class OAuthProgram(string id, string callback)
{
    private const string Verifier = "a-verifier-of-the-tests-that-is-long-enough-for-rfc-7636";

    public string Request =>
        $"/connect/authorize?client_id={id}&redirect_uri={Uri.EscapeDataString(callback)}&response_type=code"
        + "&scope=openid%20profile%20email%20offline_access%20shop&state=42"
        + $"&code_challenge={Base64(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)))}&code_challenge_method=S256";

    public async Task<string> SignInAsync(Browser browser, string email, string password)
    {
        using var toSignIn = await browser.GetAsync(Request);
        var page = $"{toSignIn.Headers.Location}";
        await browser.GetAsync(page);
        using var signedIn = await browser.SubmitAsync(page, ("Form.Email", email), ("Form.Password", password));
        return await AgainAsync(browser, $"{signedIn.Headers.Location}");
    }

    public Task<string> AgainAsync(Browser browser) => AgainAsync(browser, Request);

    public Task<JsonNode> ExchangeAsync(HttpClient http, string code) => TokenAsync(
        http, ("grant_type", "authorization_code"), ("client_id", id), ("code", code), ("redirect_uri", callback),
        ("code_verifier", Verifier));

    public Task<JsonNode> RefreshAsync(HttpClient http, string token) =>
        TokenAsync(http, ("grant_type", "refresh_token"), ("client_id", id), ("refresh_token", token));

    public static async Task<JsonNode> TokenAsync(HttpClient http, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await http.PostAsync("/connect/token", form, TestContext.Current.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    private static async Task<string> AgainAsync(Browser browser, string request)
    {
        using var answer = await browser.GetAsync(request);
        var location = $"{answer.Headers.Location}";
        Assert.Contains("state=42", location, StringComparison.Ordinal);
        return location.Split("code=")[1].Split('&')[0];
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace WebApp.Tests.Setup;

/// <summary>A browser without scripts: it keeps cookies, and submits the forms of the page that it shows.</summary>
public sealed partial class Browser
{
    private readonly CookieContainer _cookies;
    private readonly HttpClient _http;
    private readonly Shop _shop;
    private Uri? _shown;

    /// <param name="from">The address of its computer, as a proxy would report it.</param>
    /// <param name="https">Whether it sees the shop over HTTPS, as through a proxy.</param>
    public Browser(Shop shop, string? from = null, bool https = false)
        : this(shop, new CookieContainer(), https)
    {
        if (from is not null)
        {
            _http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        }
    }

    private Browser(Shop shop, CookieContainer cookies, bool https = false) => (_shop, _cookies, _http) = (
        shop,
        cookies,
        shop.CreateDefaultClient(new Uri(https ? "https://localhost" : "http://localhost"), new CookieContainerHandler(cookies)));

    public string Html { get; private set; } = "";

    public string UserAgent
    {
        init => _http.DefaultRequestHeaders.UserAgent.ParseAdd(value);
    }

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        _shown = new Uri(_http.BaseAddress!, path);
        var response = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        Html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response;
    }

    /// <summary>The same browser, whose requests go to another replica from now on.</summary>
    public Browser At(Shop replica) => new(replica, _cookies);

    /// <summary>Lets a cookie expire.</summary>
    public void Lose(string cookie) =>
        _cookies.GetCookies(_http.BaseAddress!).Single(kept => kept.Name == cookie).Expired = true;

    public string ValueOf(string cookie) => _cookies.GetCookies(_http.BaseAddress!).Single(kept => kept.Name == cookie).Value;

    public bool Has(string cookie) => _cookies.GetCookies(_http.BaseAddress!).Any(kept => kept.Name == cookie);

    /// <summary>Another browser with the same cookies, as somebody has it who stole them.</summary>
    /// <param name="only">The only cookie to copy; null for all.</param>
    public Browser CopyTo(Shop shop, string? only = null)
    {
        var copy = new Browser(shop);
        foreach (var cookie in _cookies.GetCookies(_http.BaseAddress!).Where(cookie => only is null || cookie.Name == only))
        {
            copy._cookies.Add(copy._http.BaseAddress!, new Cookie(cookie.Name, cookie.Value, "/"));
        }

        return copy;
    }

    /// <summary>Shows an earlier page again, as its HTML was.</summary>
    public Browser BackTo(string html)
    {
        Html = html;
        return this;
    }

    public string Hidden(string name) => Inputs().Matches(Html).First(match => match.Groups["name"].Value == name).Groups["value"].Value;

    /// <summary>Submits a form of the current page, with its hidden fields.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string action, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(Html).Select(match => match.Value).First(
            form => form.Contains($"action=\"{action}\"", StringComparison.Ordinal));
        var hidden = Inputs().Matches(form).Select(match => (Name: match.Groups["name"].Value, Value: match.Groups["value"].Value));
        var all = hidden.Where(field => fields.All(given => given.Name != field.Name)).Concat(fields);

        return await PostAsync(action, [.. all]);
    }

    /// <summary>Submits a form that uploads a file.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string action, string field, byte[] file)
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent(Hidden("__RequestVerificationToken")), "__RequestVerificationToken" },
            { new ByteArrayContent(file), field, "picture.png" },
        };
        var response = await _http.PostAsync(action, content, TestContext.Current.CancellationToken);
        Html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { Referrer = _shown } };
        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response;
    }

    public async Task<HttpResponseMessage> SignInAsync(string email, string password, bool remember = false)
    {
        await GetAsync("/sign-in");
        return await SubmitAsync(
            "/sign-in", ("Form.Email", email), ("Form.Password", password), ("Form.Remember", remember ? "true" : "false"));
    }

    /// <summary>Opens an account, and confirms its address without waiting for the mail.</summary>
    public async Task<HttpResponseMessage> RegisterAsync(string email, string password)
    {
        await GetAsync("/register");
        var asked = await SubmitAsync("/register", ("Form.Name", "Ada Test"), ("Form.Email", email), ("Form.Password", password));
        if (asked.StatusCode is not HttpStatusCode.Found || await _shop.FindConfirmationAsync(email) is not { } path)
        {
            return asked;
        }

        await GetAsync(path);
        return await SubmitAsync(path, ("Form.Password", password));
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Inputs();
}

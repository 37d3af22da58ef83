using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Security.Authorization;

/// <summary>
/// A request to an endpoint that shows who may use it and changes little: ids that do not exist, empty bodies. Only an order, which has an
/// owner, is real.
/// </summary>
internal sealed partial class SampleRequest(RunningEndpoint endpoint, string method, Guid order)
{
    private const string Missing = "999999";

    /// <summary>Whether the endpoint shows something of one person.</summary>
    public bool HasOwner => IsOrder(endpoint.Pattern);

    public HttpRequestMessage Create(Uri app)
    {
        var path = Parameter().Replace(endpoint.Pattern, parameter => ValueOf(parameter.Groups[1].Value, parameter.Groups[2].Value));
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(app, path.TrimStart('/')));
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = endpoint switch
            {
                { TakesForm: true } => new MultipartFormDataContent(),
                { Pattern: var pattern } when pattern.StartsWith("/shop.", StringComparison.Ordinal) =>
                    new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc-web") } },
                _ => new StringContent("{}", Encoding.UTF8, "application/json"),
            };
        }

        return request;
    }

    /// <summary>How the response counts in the table.</summary>
    public string Judge(HttpResponseMessage response) => response switch
    {
        { StatusCode: HttpStatusCode.Unauthorized } => "401",
        { StatusCode: HttpStatusCode.Forbidden } => "403",
        { StatusCode: HttpStatusCode.NotFound } when HasOwner => "404",
        { Headers.Location.OriginalString: { } location } when LeadsTo(location, "/sign-in") || LeadsTo(location, "/login") => "sign in",
        { Headers.Location.OriginalString: { } location } when LeadsTo(location, "/denied") => "403",
        _ => "yes",
    };

    private static bool LeadsTo(string location, string page) => location.Contains(page, StringComparison.Ordinal);

    private static bool IsOrder(string pattern) =>
        pattern.Contains("orders/{id:", StringComparison.OrdinalIgnoreCase) && !pattern.StartsWith("/admin", StringComparison.Ordinal);

    private string ValueOf(string name, string constraint) => (name, constraint) switch
    {
        _ when IsOrder(endpoint.Pattern) => $"{order}",
        ("**rest", _) => "nothing",
        (_, "guid") => $"{Guid.Empty}",
        (_, "int") => Missing,
        ("documentName", _) => "v1",
        _ => Missing,
    };

    // {id:int} {**rest} {documentName?}
    [GeneratedRegex(@"\{(\*{0,2}\w+)(?::(\w+))?[^}]*\}")]
    private static partial Regex Parameter();
}

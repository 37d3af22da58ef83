using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Polly;
using WebApp.Identity;
using WebApp.Identity.Tokens;

namespace WebApp.Clients;

/// <summary>Sends a request to a service; every outcome becomes a <see cref="Reply{T}"/>.</summary>
public sealed partial class HttpReply(TokenIssuer tokens, ILogger<HttpReply> logger)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <param name="visitor">The visitor whose token is sent; null for none.</param>
    /// <param name="body">Sent as JSON, unless it is <see cref="HttpContent"/>.</param>
    /// <param name="version">The request is refused if what it changes has another version.</param>
    public async Task<Reply<T>> SendAsync<T>(
        HttpClient http, HttpMethod method, string uri, Visitor? visitor, object? body, CancellationToken cancellationToken,
        long? version = null)
    {
        using var request = new HttpRequestMessage(method, uri);
        request.Content = body as HttpContent ?? ContentOf(body);
        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        return await SendAsync<T>(http, request, visitor, cancellationToken);
    }

    /// <summary>For a request with headers of its own.</summary>
    public async Task<Reply<T>> SendAsync<T>(
        HttpClient http, HttpRequestMessage request, Visitor? visitor, CancellationToken cancellationToken)
    {
        try
        {
            if (visitor is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(visitor).Value);
            }

            using var response = await http.SendAsync(request, cancellationToken);
            return await ReadAsync<T>(response, cancellationToken);
        }
        catch (Exception fault) when (IsOutage(fault, cancellationToken))
        {
            LogUnavailable(http.BaseAddress?.Host, fault.Message);
            return Reply.Unavailable<T>();
        }
    }

    public static HttpContent? ContentOf(object? body) => body is null ? null : JsonContent.Create(body, body.GetType(), options: Json);

    private static async Task<Reply<T>> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return typeof(T) == typeof(Done) ? Reply.Success((T)(object)Done.Value)
                : typeof(T) == typeof(CreatedAt) ? Reply.Success((T)(object)new CreatedAt(response.Headers.Location!.OriginalString))
                : Reply.Success((await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!);
        }

        var problem = await ReadProblemAsync(response, cancellationToken);
        var status = response.StatusCode switch
        {
            HttpStatusCode.NotFound => ReplyStatus.NotFound,
            HttpStatusCode.PreconditionFailed => ReplyStatus.Changed,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
            ReplyStatus.Unavailable,
            _ => ReplyStatus.Refused,
        };

        return new Reply<T>(status, default, problem?.Detail ?? problem?.Title) { Errors = problem?.Errors ?? [] };
    }

    private static async Task<ProblemBody?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return response.Content.Headers.ContentType?.MediaType is "application/problem+json"
                ? await response.Content.ReadFromJsonAsync<ProblemBody>(Json, cancellationToken)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOutage(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        HttpRequestException or ExecutionRejectedException or JsonException or IOException => true,

        // A time-out of the client; not a visitor who closed the page.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private sealed record ProblemBody(string? Title, string? Detail, Dictionary<string, string[]>? Errors);
}

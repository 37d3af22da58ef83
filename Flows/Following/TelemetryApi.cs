using System.Net;
using System.Text.Json;

namespace Flows.Following;

/// <summary>The telemetry API of Aspire's dashboard (13.6): <c>GET /api/telemetry/spans</c> and <c>/logs</c>, OTLP/JSON.</summary>
public sealed class TelemetryApi(FlowsOptions options) : IDisposable
{
    /// <summary>The dashboard sends at most this many stored items to a new client: the oldest ones, independent of <c>limit</c>.</summary>
    public const int MostStored = 10_000;

    public const string KeyHeader = "x-api-key";

    // A stream does not end, and its headers are sent with its first item, so there is no time limit.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How many items are stored. Answers at once, unlike following, whose headers come with the first item.</summary>
    /// <exception cref="FollowRefusedException">The address or the API key is wrong.</exception>
    public async Task<long> CountAsync(string signal, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await GetAsync($"{signal}?limit=1", HttpCompletionOption.ResponseContentRead, patience.Token);
            using var document = await ReadAsync(answer, patience.Token);
            return document.RootElement is { ValueKind: JsonValueKind.Object } answered
                && answered.TryGetProperty("totalCount", out var total)
                && total.ValueKind is JsonValueKind.Number
                && total.TryGetInt64(out var count)
                    ? count
                    : throw NotTheApi();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer($"no answer within {Patience.TotalSeconds} s");
        }
    }

    /// <summary>The newest stored items: <c>{"data":{"resourceSpans":[…]},"totalCount":23192,"returnedCount":10000}</c>.</summary>
    public async Task<JsonDocument> NewestAsync(string signal, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync($"{signal}?limit={MostStored}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    /// <summary>A stream of lines with one item each: first the stored items, then new ones.</summary>
    public Task<HttpResponseMessage> FollowAsync(string signal, CancellationToken cancellationToken) =>
        GetAsync($"{signal}?follow=true", HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> GetAsync(string query, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Followed!, $"/api/telemetry/{query}"));
        if (options.FollowedApiKey is { } key)
        {
            request.Headers.Add(KeyHeader, key);
        }

        HttpResponseMessage answer;
        try
        {
            answer = await _client.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw NoAnswer(exception.Message);
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        var status = answer.StatusCode;
        answer.Dispose();
        // If the API is turned off, the dashboard answers 404 or redirects to its login page.
        throw status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => WrongKey(),
            < HttpStatusCode.InternalServerError => NotTheApi(),
            _ => NoAnswer($"status {(int)status}"),
        };
    }

    private HttpRequestException NoAnswer(string reason) => new(
        $"{FlowsConfiguration.FollowSetting} is '{options.Followed}': {reason}. Start Aspire's dashboard there, or set its address.");

    private async Task<JsonDocument> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            throw NotTheApi();
        }
    }

    private FollowRefusedException WrongKey() => new(
        $"{FlowsConfiguration.FollowKeySetting} is {(options.FollowedApiKey is null ? "not set" : "not the key")} " +
        $"of the telemetry API at {options.Followed}. Set it to the value of AppHost:DashboardApiKey (user secrets of AppHost).");

    private FollowRefusedException NotTheApi() => new(
        $"{FlowsConfiguration.FollowSetting} is '{options.Followed}', which has no telemetry API. " +
        "Set it to the address of Aspire's dashboard 13.6 or newer, for example http://localhost:15000. " +
        "If that dashboard runs alone, turn its API on (ASPIRE_DASHBOARD_API_ENABLED=true).");
}

/// <summary>A setting is wrong; the message names it and says what to change.</summary>
public sealed class FollowRefusedException(string message) : Exception(message);

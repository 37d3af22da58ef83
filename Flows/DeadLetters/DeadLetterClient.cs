using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flows.DeadLetters;

/// <summary>The HTTP API that each service of the shop has for its dead letters (docs/eventbus.md).</summary>
public sealed class DeadLetterClient : IDisposable
{
    /// <summary>The most dead letters that are read from a queue.</summary>
    public const int MostRead = 1_000;

    public const double SlowestRate = 0.1;
    public const double DefaultRate = 100;
    public const double FastestRate = 1_000;

    private const int MostBytes = 64 * 1024 * 1024;

    // A service spends up to 20 s on one request to replay a group.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(28);

    private readonly HttpClient _client;

    public DeadLetterClient(DeadLetterSettings settings)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3) })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = MostBytes,
        };
        if (settings.Token is { } token)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>How many there are in each queue. Does not touch them.</summary>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<QueueCounts> CountAsync(DeadLetterSource source, CancellationToken cancellationToken) =>
        await SendAsync<QueueCounts>(source, HttpMethod.Get, "", cancellationToken);

    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterSource source, CancellationToken cancellationToken)
    {
        var list = await SendAsync<LetterList>(source, HttpMethod.Get, $"/messages?limit={MostRead}", cancellationToken);
        return [.. list.Data.Select(letter => letter with { Source = source.Name })];
    }

    /// <summary>Null when it is not there any more.</summary>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<DeadLetterContent?> PeekAsync(DeadLetterSource source, string id, CancellationToken cancellationToken) =>
        await SendOrNullAsync<DeadLetterContent>(source, HttpMethod.Get, MessagePath(id), cancellationToken) is { } content
            ? content with { Letter = content.Letter with { Source = source.Name } }
            : null;

    /// <summary>False when it is not there any more.</summary>
    /// <param name="source">The service that has it.</param>
    /// <param name="id">The dead letter.</param>
    /// <param name="body">Replaces the body of the message; null keeps it.</param>
    /// <param name="cancellationToken">Ends the wait for the service.</param>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<bool> ReplayAsync(DeadLetterSource source, string id, JsonNode? body, CancellationToken cancellationToken)
    {
        using var content = body is null ? null : JsonContent.Create(new { body });
        return await SendOrNullAsync<ActionReport>(
            source, HttpMethod.Post, $"{MessagePath(id)}/replay", cancellationToken, content) is not null;
    }

    /// <summary>False when it is not there any more.</summary>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<bool> DiscardAsync(DeadLetterSource source, string id, CancellationToken cancellationToken) =>
        await SendOrNullAsync<ActionReport>(source, HttpMethod.Delete, MessagePath(id), cancellationToken) is not null;

    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<ActionReport> ReplayGroupAsync(
        DeadLetterSource source, string group, double rate, bool dryRun, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?rate={rate}&dryRun={dryRun}");
        return await SendAsync<ActionReport>(source, HttpMethod.Post, $"{GroupPath(group)}/replay{query}", cancellationToken);
    }

    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<ActionReport> DiscardGroupAsync(DeadLetterSource source, string group, CancellationToken cancellationToken) =>
        await SendAsync<ActionReport>(source, HttpMethod.Delete, GroupPath(group), cancellationToken);

    public void Dispose() => _client.Dispose();

    private static string MessagePath(string id) => $"/messages/{Uri.EscapeDataString(id)}";

    private static string GroupPath(string group) => $"/groups/{Uri.EscapeDataString(group)}";

    private async Task<T> SendAsync<T>(
        DeadLetterSource source, HttpMethod method, string path, CancellationToken cancellationToken) where T : class =>
        await SendOrNullAsync<T>(source, method, path, cancellationToken)
        ?? throw new SourceFaultException($"There are no dead letters at {source.Url}: it answers 404.");

    /// <summary>Null for 404.</summary>
    private async Task<T?> SendOrNullAsync<T>(
        DeadLetterSource source, HttpMethod method, string path, CancellationToken cancellationToken, HttpContent? content = null)
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(source.Url.ToString().TrimEnd('/') + path)) { Content = content };
        try
        {
            using var answer = await _client.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<T>(cancellationToken)
                : throw new SourceFaultException(await ExplainAsync(answer, cancellationToken))
                {
                    IsBadInput = answer.StatusCode is HttpStatusCode.BadRequest,
                };
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or NotSupportedException)
        {
            throw new SourceFaultException($"{source.Url} does not answer as expected: {fault.Message}", fault);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFaultException($"{source.Url} did not answer within {Patience.TotalSeconds} s.", late);
        }
    }

    private static async Task<string> ExplainAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return "It refuses the token in FLOWS__DEADLETTERS__TOKEN. Set it to a token with the role 'dead-letters' or 'admin'.";
        }

        return await DetailOfAsync(answer, cancellationToken) is { } detail
            ? $"It answers {(int)answer.StatusCode}: {detail}"
            : $"It answers {(int)answer.StatusCode} {answer.ReasonPhrase}.";
    }

    private static async Task<string?> DetailOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return problem.RootElement.TryGetProperty("errors", out var errors)
                ? string.Join(' ', errors.EnumerateObject().Select(field => $"{field.Name}: {field.Value[0].GetString()}"))
                : problem.RootElement.GetProperty("detail").GetString();
        }
        catch (Exception fault) when (
            fault is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private sealed record LetterList(IReadOnlyList<DeadLetter> Data);
}

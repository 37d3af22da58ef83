using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Flows.Testing;

/// <summary>One flow, read when it is asked for.</summary>
public sealed class FlowQuery
{
    private readonly FlowsClient _client;
    private readonly string _key;
    private readonly CancellationToken _cancellationToken;

    internal FlowQuery(FlowsClient client, string key, CancellationToken cancellationToken)
    {
        (_client, _key, _cancellationToken) = (client, key, cancellationToken);
    }

    private string Path => $"/api/flows/{Uri.EscapeDataString(_key)}";

    /// <summary>
    /// Waits until the flow has reached all milestones. The server answers as soon as it knows the spans, so the test does not poll.
    /// </summary>
    /// <param name="milestones">
    /// Each a type of message, for example <c>ordering.order-shipped</c>: a message of this type was created, and each required queue
    /// handled it. With a queue, for example <c>ordering.order-shipped@webapp</c>: this queue handled it.
    /// </param>
    /// <exception cref="FlowAssertionException">
    /// The flow did not reach a milestone within <see cref="FlowsClient.Timeout"/>. The message shows how far it came.
    /// </exception>
    public async Task<Flow> ToReach(params string[] milestones)
    {
        var timeout = Math.Ceiling(_client.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var until = string.Concat(milestones.Select(milestone => $"&until={Uri.EscapeDataString(milestone)}"));
        var flow = await ReadAsync($"{Path}?timeout={timeout}{until}").ConfigureAwait(false)
            ?? throw new FlowAssertionException($"Flows knows no flow '{_key}' after {timeout} s. {Hints}");
        return flow.IsReached is true
            ? flow
            : throw new FlowAssertionException(
                $"The flow did not reach {string.Join(" and ", milestones)} within {timeout} s.", flow);
    }

    /// <summary>Reads the flow as it is now.</summary>
    /// <exception cref="FlowAssertionException">Flows does not know the flow.</exception>
    public async Task<Flow> AsItIs() =>
        await ReadAsync(Path).ConfigureAwait(false) ?? throw new FlowAssertionException($"Flows knows no flow '{_key}'. {Hints}");

    /// <summary>
    /// Compares the flow, as it is now, with a process that Flows itself does not know. If Flows has the process (its setting
    /// <c>Flows:Processes</c>), the comparison is part of each <see cref="Flow"/>.
    /// </summary>
    /// <param name="processFile">The path of the JSON file with the declared process.</param>
    /// <exception cref="FlowAssertionException">Flows does not know the flow.</exception>
    /// <exception cref="HttpRequestException">The file is not a process. The message has its faults.</exception>
    public async Task<FlowComparison> ComparedWith(string processFile)
    {
        using var process = new ByteArrayContent(await File.ReadAllBytesAsync(processFile, _cancellationToken).ConfigureAwait(false));
        process.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _client.Http.PostAsync($"{Path}/comparison", process, _cancellationToken).ConfigureAwait(false);
        return await ReadAsync<FlowComparison>(answer).ConfigureAwait(false)
            ?? throw new FlowAssertionException($"Flows knows no flow '{_key}'. {Hints}");
    }

    private const string Hints =
        "Check the key, and whether the services send their spans to Flows, or to the dashboard that Flows follows.";

    private async Task<Flow?> ReadAsync(string path)
    {
        using var answer = await _client.Http.GetAsync(path, _cancellationToken).ConfigureAwait(false);
        return await ReadAsync<Flow>(answer).ConfigureAwait(false);
    }

    /// <summary>Null if Flows does not know the flow.</summary>
    private async Task<T?> ReadAsync<T>(HttpResponseMessage answer) where T : class
    {
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!answer.IsSuccessStatusCode)
        {
            var problem = await answer.Content.ReadAsStringAsync(_cancellationToken).ConfigureAwait(false);
            throw new HttpRequestException(
                $"{answer.RequestMessage?.RequestUri?.AbsolutePath}: {(int)answer.StatusCode} {problem}", inner: null, answer.StatusCode);
        }

        return await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, _cancellationToken).ConfigureAwait(false);
    }
}

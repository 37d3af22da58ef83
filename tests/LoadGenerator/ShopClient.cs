using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace LoadGenerator;

/// <summary>Sends requests to the shop and measures them.</summary>
internal sealed class ShopClient(HttpClient http, Measurements measurements)
{
    /// <summary>The answer as JSON, or null if the request failed. Failures are counted, and an expected status is a success.</summary>
    /// <param name="operation">The name under which the request is measured.</param>
    /// <param name="request">Disposed by this method.</param>
    /// <param name="token">The access token of the shopper, if there is one.</param>
    /// <param name="due">When the request should have been sent, as a timestamp: a late start counts as waiting time. Null: now.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<JsonNode?> SendAsync(
        string operation, HttpRequestMessage request, string? token, long? due, CancellationToken cancellationToken)
    {
        using var sent = request;
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        var started = due ?? Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                measurements.Failed(operation, $"{(int)response.StatusCode}");
                return null;
            }

            measurements.Succeeded(operation, Stopwatch.GetElapsedTime(started));
            return JsonNode.Parse(body);
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            measurements.Failed(operation, ReasonOf(exception));
            return null;
        }
    }

    /// <summary>The status of an order; null if it is not placed yet, or could not be read.</summary>
    public async Task<string?> StatusAsync(PlacedOrder order, CancellationToken cancellationToken)
    {
        const string Operation = "order";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/orders/{order.Id}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", order.Token);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound)
            {
                measurements.Succeeded(Operation, Stopwatch.GetElapsedTime(started));
            }
            else
            {
                measurements.Failed(Operation, $"{(int)response.StatusCode}");
            }

            return response.IsSuccessStatusCode
                ? (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["status"]
                : null;
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            measurements.Failed(Operation, ReasonOf(exception));
            return null;
        }
    }

    private static bool IsFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested;

    private static string ReasonOf(Exception exception) => exception is TaskCanceledException ? "timeout" : "connection";

    public void Measure(string operation, TimeSpan took) => measurements.Succeeded(operation, took);

    public void Fail(string operation, string reason) => measurements.Failed(operation, reason);
}

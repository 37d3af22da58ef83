using System.Net.Http.Headers;
using Aspire.Hosting;

namespace Flows.Testing;

/// <summary>
/// Reads flows from the HTTP API of Flows, for tests. A test waits for a message with
/// <c>await flows.Of(key).ToReach("ordering.order-shipped")</c>, and then asserts on the <see cref="Flow"/>.
/// </summary>
public sealed class FlowsClient : IAsyncDisposable
{
    private const string KeyHeader = "x-api-key";

    /// <summary>Creates a client.</summary>
    /// <param name="address">The address of Flows, for example <c>http://localhost:5104</c>.</param>
    /// <param name="token">The browser token of Flows, or null if everyone on the machine has access.</param>
    public FlowsClient(Uri address, string? token = null)
    {
        // The server ends each wait at its time limit.
        Http = new HttpClient { BaseAddress = address, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        Http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
        {
            Http.DefaultRequestHeaders.Add(KeyHeader, token);
        }
    }

    /// <summary>The maximum time of one wait. Default: 30 seconds. Range: 1 to 300 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal HttpClient Http { get; }

    /// <summary>
    /// Connects to Flows in a running Aspire app. Waits until the resource is healthy. The address and the token are taken from the login
    /// link (<c>/login?t=…</c>) among the URLs of the resource.
    /// </summary>
    /// <param name="app">The app, for example from <c>DistributedApplicationTestingBuilder</c>, with Aspire's dashboard enabled.</param>
    /// <param name="resource">The name of the resource. Default: <c>flows</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the resource.</param>
    /// <exception cref="InvalidOperationException">The resource has no URL, or none that is a login link.</exception>
    public static async Task<FlowsClient> ConnectAsync(
        DistributedApplication app, string resource = "flows", CancellationToken cancellationToken = default)
    {
        var ready = await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken).ConfigureAwait(false);
        var urls = ready.Snapshot.Urls.Select(url => new Uri(url.Url)).ToArray();
        var login = Array.Find(urls, url => TokenIn(url) is not null) ?? throw new InvalidOperationException(
            $"None of the URLs of the resource '{resource}' is the login link of Flows: {string.Join<Uri>(", ", urls)}.");
        return new FlowsClient(new Uri(login, "/"), TokenIn(login));
    }

    /// <summary>
    /// Names one flow. It need not exist yet.
    /// </summary>
    /// <param name="key">
    /// The id of the flow (with the event bus of the shop, the key of its first message), or a business key that one of its spans has, such
    /// as an order number. If several flows have the business key, the newest is taken.
    /// </param>
    /// <param name="cancellationToken">Ends the waits for this flow.</param>
    public FlowQuery Of(string key, CancellationToken cancellationToken = default) => new(this, key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? TokenIn(Uri url) =>
        url.AbsolutePath == "/login" && url.Query is ['?', 't', '=', .. var token] ? Uri.UnescapeDataString(token) : null;
}

using System.Net;
using System.Text.Json.Nodes;

namespace Flows.Tests.DeadLetters;

/// <summary>Flows with two services that have dead letters.</summary>
internal sealed class DeadLetterApp : IAsyncDisposable
{
    private DeadLetterApp(RunningFlows flows, DeadLetterSourceHost catalog, DeadLetterSourceHost basket) =>
        (Flows, Catalog, Basket) = (flows, catalog, basket);

    public RunningFlows Flows { get; }

    public DeadLetterSourceHost Catalog { get; }

    public DeadLetterSourceHost Basket { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<DeadLetterApp> StartAsync(FakeLetter[]? catalog = null, FakeLetter[]? basket = null)
    {
        var one = (await DeadLetterSourceHost.StartAsync("catalog-api")).With(catalog ?? []);
        var two = (await DeadLetterSourceHost.StartAsync("basket-api")).With(basket ?? []);
        var flows = await RunningFlows.StartAsync(
            $"--Flows:DeadLetters:Token={DeadLetterSourceHost.Token}",
            "--Flows:DeadLetters:Sources:0:Name=catalog-api", $"--Flows:DeadLetters:Sources:0:Url={one.Url}",
            "--Flows:DeadLetters:Sources:1:Name=basket-api", $"--Flows:DeadLetters:Sources:1:Url={two.Url}");
        var app = new DeadLetterApp(flows, one, two);
        await app.ListAsync(list => (int)list["total"]! == (catalog?.Length ?? 0) + (basket?.Length ?? 0)
            && list["sources"]!.AsArray().All(source => source!["readAt"] is not null));
        return app;
    }

    public Task<JsonNode> ListAsync(Func<JsonNode, bool> until) => Flows.GetAsync("/api/dead-letters", until);

    public Task<string> PageAsync(string query = "") => Flows.Api.GetStringAsync($"/dead-letters{query}", Stop);

    public Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path) => SendAsync(HttpMethod.Post, path);

    public Task<(HttpStatusCode Status, JsonNode? Body)> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/dead-letters/{path}");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await Flows.Api.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async ValueTask DisposeAsync()
    {
        await Flows.DisposeAsync();
        await Catalog.DisposeAsync();
        await Basket.DisposeAsync();
    }
}

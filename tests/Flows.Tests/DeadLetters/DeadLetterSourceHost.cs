using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Flows.Tests.DeadLetters;

/// <summary>A service with dead letters, as Flows sees it: a small HTTP server with letters in memory.</summary>
internal sealed class DeadLetterSourceHost : IAsyncDisposable
{
    public const string Token = "a.b.c";

    private readonly WebApplication _app;
    private readonly string _queue;
    private readonly ConcurrentDictionary<string, FakeLetter> _letters = new();
    private readonly ConcurrentQueue<string> _calls = new();

    private DeadLetterSourceHost(WebApplication app, string queue) => (_app, _queue) = (app, queue);

    /// <summary>Method and path of each request, below the source's address.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>The ids that were replayed, in order.</summary>
    public ConcurrentQueue<string> Replayed { get; } = new();

    /// <summary>The new body of each message that was replayed alone; null when it kept its own.</summary>
    public ConcurrentQueue<string?> Bodies { get; } = new();

    /// <summary>Answers every request with this status; null answers as usual.</summary>
    public HttpStatusCode? Refuses { get; set; }

    /// <summary>The most that one request replays.</summary>
    public int MostAtOnce { get; set; } = int.MaxValue;

    public Uri Url => new($"{_app.Urls.Single()}/api/dead-letters/{_queue}");

    public static async Task<DeadLetterSourceHost> StartAsync(string queue)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var host = new DeadLetterSourceHost(app, queue);
        host.Map($"/api/dead-letters/{queue}");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public DeadLetterSourceHost With(params IEnumerable<FakeLetter> letters)
    {
        foreach (var letter in letters)
        {
            _letters[letter.Id] = letter;
        }

        return this;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map(string path)
    {
        _app.Use((context, next) =>
        {
            _calls.Enqueue($"{context.Request.Method} {context.Request.Path.Value![path.Length..]}{context.Request.QueryString}");
            if (Refuses is null && context.Request.Headers.Authorization == $"Bearer {Token}")
            {
                return next(context);
            }

            context.Response.StatusCode = (int)(Refuses ?? HttpStatusCode.Unauthorized);
            return Task.CompletedTask;
        });
        _app.MapGet(path, () => new { queues = new[] { new { queue = _queue, count = _letters.Count } } });
        _app.MapGet($"{path}/messages", () => new { count = _letters.Count, data = _letters.Values.Select(Describe) });
        _app.MapGet($"{path}/messages/{{id}}", (string id) => _letters.TryGetValue(id, out var letter)
            ? Results.Ok(new { letter = Describe(letter), exceptionStack = "at Shop.Sell", headers = new { a = "b" }, body = letter.Body })
            : Results.NotFound());
        _app.MapPost($"{path}/messages/{{id}}/replay", (string id, JsonObject? edit) =>
        {
            if (edit?["body"] is { } body && body.GetValueKind() is JsonValueKind.Number)
            {
                return Results.ValidationProblem(
                    new Dictionary<string, string[]> { ["body"] = (int)body == 0 ? [] : ["A number is no order."] });
            }

            Bodies.Enqueue(edit?["body"]?.ToJsonString());
            return Remove([id], isReplay: true);
        });
        _app.MapDelete($"{path}/messages/{{id}}", (string id) => Remove([id], isReplay: false));
        _app.MapPost($"{path}/groups/{{group}}/replay", (string group, bool dryRun = false) =>
            dryRun ? Results.Ok(new { messages = Of(group), remaining = 0 }) : Remove(Of(group), isReplay: true));
        _app.MapDelete($"{path}/groups/{{group}}", (string group) => Remove(Of(group), isReplay: false));
    }

    private string[] Of(string group) => [.. _letters.Values.Where(letter => letter.Group == group).Select(letter => letter.Id).Order()];

    private IResult Remove(string[] ids, bool isReplay)
    {
        var removed = ids.Take(MostAtOnce).Where(id => _letters.TryRemove(id, out _)).ToArray();
        foreach (var id in isReplay ? removed : [])
        {
            Replayed.Enqueue(id);
        }

        return ids.Length == 1 && removed.Length == 0
            ? Results.NotFound()
            : Results.Ok(new { messages = removed, remaining = ids.Length - removed.Length });
    }

    private object Describe(FakeLetter letter) => new
    {
        letter.Id,
        letter.Group,
        queue = _queue,
        messageId = $"message-{letter.Id}",
        type = "ordering.order-placed",
        key = $"order-{letter.Id}",
        conversationId = $"flow-{letter.Id}",
        traceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        reason = "handler-failed",
        exceptionType = "System.TimeoutException",
        exceptionMessage = "too slow",
        frame = "Catalog.Api.Stock.ReserveStock.HandleAsync",
        attempts = 5,
        failedAt = letter.Time,
        replayOf = letter.ReplayOf,
    };
}

internal sealed record FakeLetter(string Id, string Group = "g1", string? ReplayOf = null, int FailedAt = 0)
{
    public string Body { get; init; } = """{"buyer":"Ada Confidential"}""";

    /// <summary>A time; <see cref="FailedAt"/> is its minute.</summary>
    public DateTimeOffset Time => new(2026, 11, 28, 12, FailedAt, 0, TimeSpan.Zero);
}

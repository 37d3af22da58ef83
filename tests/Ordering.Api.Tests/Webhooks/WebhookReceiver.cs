using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ordering.Api.Tests.Webhooks;

public sealed record ReceivedCall(string Id, long Timestamp, IHeaderDictionary Headers, string Body);

/// <summary>A subscriber on loopback that gives the chosen answers in turn, then 200.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HttpStatusCode> _answers;

    private WebhookReceiver(WebApplication app, IEnumerable<HttpStatusCode> answers) => (_app, _answers) = (app, new(answers));

    public ConcurrentQueue<ReceivedCall> Calls { get; } = new();

    public string Url => $"{_app.Urls.First()}/hook";

    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellationToken, params HttpStatusCode[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build(), answers);
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Calls.Enqueue(new ReceivedCall(
            request.Headers["webhook-id"]!,
            long.Parse(request.Headers["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture),
            new HeaderDictionary(request.Headers.ToDictionary()),
            await reader.ReadToEndAsync(request.HttpContext.RequestAborted)));
        return Results.StatusCode((int)(_answers.TryDequeue(out var answer) ? answer : HttpStatusCode.OK));
    }
}

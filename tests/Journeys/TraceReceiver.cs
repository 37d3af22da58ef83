using System.Collections.Concurrent;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Otlp.Wire.Trace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Journeys;

public sealed record ReceivedSpan(string Service, string TraceId, Span Span)
{
    public string? this[string attribute] =>
        Span.Attributes.FirstOrDefault(pair => pair.Key == attribute)?.Value is { } value
            ? value.HasStringValue ? value.StringValue : value.ToString()
            : null;
}

/// <summary>Receives OTLP over HTTP from the apps under test, and keeps their spans.</summary>
public sealed class TraceReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();

    private TraceReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IEnumerable<ReceivedSpan> Spans => _spans;

    public static async Task<TraceReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new TraceReceiver(builder.Build());
        receiver._app.MapPost("/v1/traces", receiver.TakeAsync);
        receiver._app.MapPost("/v1/{signal}", static () => Results.Ok());
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Waits until the spans received so far satisfy the condition.</summary>
    public async Task WaitForAsync(Func<IReadOnlyList<ReceivedSpan>, bool> isComplete, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));

        while (!isComplete([.. _spans]))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);

        foreach (var resource in ExportTraceServiceRequest.Parser.ParseFrom(body.ToArray()).ResourceSpans)
        {
            var service = resource.Resource.Attributes.First(pair => pair.Key == "service.name").Value.StringValue;

            foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
            {
                _spans.Enqueue(new ReceivedSpan(service, Convert.ToHexStringLower(span.TraceId.Span), span));
            }
        }
    }
}

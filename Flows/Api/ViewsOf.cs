using System.Text.Json;
using Flows.Expectations;
using Flows.Stitching;
using Flows.Traces;

namespace Flows.Api;

/// <summary>From the model to what scripts get.</summary>
public static class ViewsOf
{
    public static FlowSummaryView Summary(FlowView flow) => new(
        flow.Key, flow.State, flow.Root?.Name, flow.Root?.Service, flow.Current?.Type, flow.Start, flow.Duration.TotalMilliseconds,
        flow.Messages.Count, flow.Errors, flow.Services);

    public static FlowDetailView Of(FlowView flow, ExpectedFlow? expected, bool? isReached) => new(
        flow.Key, flow.State, flow.Root?.Name, flow.Start, flow.Duration.TotalMilliseconds, flow.Errors, flow.Services,
        [.. flow.Traces.Select(id => id.ToString())], [.. flow.Messages.Select(message => Of(flow, message))], [.. CallsIn(flow)],
        expected, isReached);

    /// <summary>A message as the API gives it, indented.</summary>
    public static string Json(SentMessage sent) => JsonSerializer.Serialize(Of(sent), ApiJson.Indented);

    public static MessageView Of(SentMessage sent) => Of(sent.Flow, sent.Message);

    private static MessageView Of(FlowView flow, FlowMessage message) => new(
        message.Id, flow.Key, message.Type, message.Kind, message.Key, message.Version, message.From, message.CausedBy, message.State,
        message.CreatedAt, message.PublishedAt,
        [.. message.Deliveries.Select(delivery => new DeliveryView(
            delivery.Queue, delivery.Service, delivery.Handler, delivery.Last.Outcome, [.. delivery.Attempts.Select(Of)]))],
        message.WaitsIn);

    private static IEnumerable<CallView> CallsIn(FlowView flow) =>
        from span in flow.Spans
        where span.Kind == SpanKind.Client
        let target = span.Tags.Find("url.full") ?? span.Tags.Find("rpc.method")
        where target is not null
        select new CallView(span.Service, target, span.StartTime, span.Duration.TotalMilliseconds);

    private static AttemptView Of(FlowAttempt attempt) => new(
        attempt.Number, attempt.Outcome, attempt.Error, attempt.Span.TraceId.ToString(), attempt.Span.Id.ToString(), attempt.Wait.EndedAt,
        new WaitView(
            attempt.Wait.Outbox?.TotalMilliseconds, attempt.Wait.Broker?.TotalMilliseconds, attempt.Wait.Prefetch?.TotalMilliseconds,
            attempt.Wait.RetryDelay?.TotalMilliseconds, attempt.Wait.Handler.TotalMilliseconds, attempt.Wait.Total.TotalMilliseconds,
            attempt.Wait.Skew.TotalMilliseconds, attempt.Wait.DeadLetters?.TotalMilliseconds));
}

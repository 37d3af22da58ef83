using Dashboard.Flows;
using Dashboard.Resources;
using Dashboard.Resources.V1;
using Dashboard.Telemetry;

namespace Dashboard.Api;

/// <summary>From the model to what scripts get.</summary>
public static class ViewsOf
{
    public static TraceView Of(Trace trace, bool withSpans)
    {
        var spans = trace.Spans.ToSegment();
        return new TraceView(
            trace.Id.ToString(), trace.Root?.Name ?? "", trace.Root?.Service ?? "", UnixNanos.ToTime(trace.Start),
            trace.Duration.TotalMilliseconds, spans.Count, trace.Errors, [.. spans.Select(span => span.Service).Distinct()],
            FlowCatalog.FlowOf(trace),
            withSpans ? [.. spans.OrderBy(span => span.Start).Select(Of)] : null,
            withSpans ? [.. trace.LinkedFrom.ToSegment().Select(Of)] : null);
    }

    public static LogView Of(LogEntry log) => new(
        log.Number, log.Time, log.Level, log.Service, log.Category, log.Message, log.TraceId.IsEmpty ? null : log.TraceId.ToString(),
        log.SpanId.IsEmpty ? null : log.SpanId.ToString(), Of(log.Tags));

    public static FlowSummaryView Summary(FlowView flow) => new(
        flow.Key, flow.State, flow.Root?.Name, flow.Root?.Service, flow.Current?.Type, flow.Start, flow.Duration.TotalMilliseconds,
        flow.Messages.Count, flow.Errors, flow.Services);

    public static FlowDetailView Of(FlowView flow) => new(
        flow.Key, flow.State, flow.Root?.Name, flow.Start, flow.Duration.TotalMilliseconds, flow.Errors, flow.Services,
        [.. flow.Traces.Select(id => id.ToString())], [.. flow.Messages.Select(Of)]);

    public static ResourceView Of(Resource resource) => new(
        resource.Name, resource.DisplayName, resource.Type, resource.State, resource.Health, ResourceStates.ReasonOf(resource),
        resource.ParentName.Length > 0 ? resource.ParentName : null, resource.HasExitCode ? resource.ExitCode : null,
        resource.StartedAt?.ToDateTimeOffset(), resource.StoppedAt?.ToDateTimeOffset(),
        [.. resource.Urls.Where(url => !url.IsInternal).Select(url => url.Url_)],
        resource.Environment.GroupBy(variable => variable.Name)
            .ToDictionary(group => group.Key, group => group.First().IsSecret ? "********" : group.First().Value),
        [.. resource.Commands.Where(command => command.IsEnabled).Select(command => command.Name)]);

    private static SpanView Of(Span span) => new(
        span.Id.ToString(), span.ParentId.IsEmpty ? null : span.ParentId.ToString(), span.Name, span.Kind, span.Service, span.Source.Instance,
        span.Scope, span.StartTime, span.Duration.TotalMilliseconds, span.Status, span.StatusMessage, Of(span.Tags),
        [.. span.Events.Select(e => new EventView(e.Name, e.Time, Of(e.Tags)))], [.. span.Links.Select(link => Of(link.Target))]);

    private static SpanRefView Of(SpanRef at) => new(at.TraceId.ToString(), at.SpanId.ToString());

    private static MessageView Of(FlowMessage message) => new(
        message.Id, message.Type, message.Kind, message.Key, message.Version, message.From, message.CausedBy, message.State,
        message.CreatedAt, message.PublishedAt,
        [.. message.Deliveries.Select(delivery => new DeliveryView(
            delivery.Queue, delivery.Service, delivery.Handler, delivery.Last.Outcome, [.. delivery.Attempts.Select(Of)]))],
        message.WaitsIn);

    private static AttemptView Of(FlowAttempt attempt) => new(
        attempt.Number, attempt.Outcome, attempt.Error, attempt.Span.TraceId.ToString(), attempt.Span.Id.ToString(), attempt.Wait.EndedAt,
        new WaitView(
            attempt.Wait.Outbox?.TotalMilliseconds, attempt.Wait.Broker?.TotalMilliseconds, attempt.Wait.Prefetch?.TotalMilliseconds,
            attempt.Wait.RetryDelay?.TotalMilliseconds, attempt.Wait.Handler.TotalMilliseconds, attempt.Wait.Total.TotalMilliseconds,
            attempt.Wait.Skew.TotalMilliseconds));

    // Attributes may repeat; the first one counts, as on the pages.
    private static Dictionary<string, string> Of(Tag[] tags)
    {
        var attributes = new Dictionary<string, string>(tags.Length, StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            attributes.TryAdd(tag.Key, tag.Value);
        }

        return attributes;
    }
}

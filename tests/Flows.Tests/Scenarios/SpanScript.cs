using Flows.Stitching;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Otlp.Wire.Common;
using Flows.Otlp.Wire.Trace;
using Google.Protobuf;
using WireResource = Flows.Otlp.Wire.Resource.Resource;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Tests.Scenarios;

/// <summary>Writes spans as our services and other libraries send them; times are milliseconds after the start.</summary>
public sealed class SpanScript(DateTimeOffset start)
{
    private readonly List<(string Service, WireSpan Span)> _spans = [];

    public static ByteString NewTraceId() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());

    public static ByteString NewSpanId() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray().AsSpan(8));

    public WireSpan Add(
        string service, string name, WireSpan.Types.SpanKind kind, double from, double to, WireSpan? parent = null,
        ByteString? traceId = null, params (string Key, object Value)[] tags)
    {
        var span = new WireSpan
        {
            TraceId = parent?.TraceId ?? traceId ?? NewTraceId(),
            SpanId = NewSpanId(),
            ParentSpanId = parent?.SpanId ?? ByteString.Empty,
            Name = name,
            Kind = kind,
            StartTimeUnixNano = Nanos(from),
            EndTimeUnixNano = Nanos(to),
        };
        Tag(span, tags);
        _spans.Add((service, span));
        return span;
    }

    public WireSpan Server(string service, string name, double from, double to, WireSpan? parent = null, int status = 200) =>
        Add(service, name, WireSpan.Types.SpanKind.Server, from, to, parent, tags: [("http.response.status_code", status), (
            "url.scheme", "http")]);

    public WireSpan Client(string service, string name, double from, double to, WireSpan parent, params (string, object)[] tags) =>
        Add(service, name, WireSpan.Types.SpanKind.Client, from, to, parent, tags: tags);

    /// <summary>Our bus's span when a message is added to the outbox.</summary>
    public WireSpan Create(string service, Message message, double at, WireSpan parent, double? dueAt = null)
    {
        var span = Add(service, $"create {message.Type}", WireSpan.Types.SpanKind.Producer, at, at + 0.2, parent);
        Tag(span, [.. message.Tags("create"), (MessagingTags.CreatedAt, Micros(at))]);
        if (message.RequiredBy is { } queues)
        {
            Tag(span, [(MessagingTags.RequiredBy, queues)]);
        }

        if (dueAt is { } due)
        {
            Tag(span, [(MessagingTags.DueAt, Micros(due))]);
        }

        return span;
    }

    /// <summary>Our bus's span when a service starts to receive from a queue.</summary>
    public WireSpan Subscribe(string service, string queue, double at, params string[] types) =>
        Add(service, $"subscribe {queue}", WireSpan.Types.SpanKind.Internal, at, at, tags:
        [
            (MessagingTags.OperationName, "subscribe"), (MessagingTags.Queue, queue), (MessagingTags.Types, types),
        ]);

    /// <summary>Our relay's span: below the message's creation, to which it also links.</summary>
    public WireSpan Send(string service, Message message, double from, double to, WireSpan created)
    {
        var span = Add(service, $"send {message.Type}", WireSpan.Types.SpanKind.Client, from, to, created);
        Tag(span, [.. message.Tags("send"), (MessagingTags.BatchCount, 1L)]);
        span.Links.Add(LinkTo(created));
        return span;
    }

    /// <summary>
    /// The relay of another library: one span per batch in a separate trace, with a link to the creation of each message.
    /// </summary>
    public WireSpan Publish(string service, string exchange, double from, double to, params WireSpan[] created)
    {
        var span = Add(service, $"publish {exchange}", WireSpan.Types.SpanKind.Client, from, to, tags:
        [
            (MessagingTags.System, "rabbitmq"), (MessagingTags.OperationName, "publish"), (MessagingTags.OperationType, "send"),
            (MessagingTags.BatchCount, (long)created.Length),
        ]);
        span.Links.AddRange(created.Select(LinkTo));
        return span;
    }

    /// <summary>Our bus's span of one attempt to handle a message.</summary>
    public WireSpan Process(string service, Message message, Handling handling, WireSpan created, bool asNewTrace = false)
    {
        var span = Add(
            service, $"process {handling.Queue}", WireSpan.Types.SpanKind.Consumer, handling.HandlingAt, handling.EndedAt,
            asNewTrace ? null : created);
        Tag(span,
        [
            .. message.Tags("process"), (MessagingTags.Queue, handling.Queue), (MessagingTags.Attempt, (long)handling.Attempt),
            (MessagingTags.Outcome, handling.Outcome), (MessagingTags.CreatedAt, Micros(handling.CreatedAt)),
            (MessagingTags.PublishedAt, Micros(handling.PublishedAt)), (MessagingTags.ReceivedAt, Micros(handling.ReceivedAt)),
            (MessagingTags.HandlingAt, Micros(handling.HandlingAt)), (MessagingTags.RetryDelay, (long)(handling.RetryDelay * 1000)),
        ]);
        span.Links.Add(LinkTo(created));
        if (handling.ReplayedAt is { } replayedAt)
        {
            Tag(span, [(MessagingTags.ReplayedAt, Micros(replayedAt))]);
        }

        if (handling.Error is { } error)
        {
            Fail(span, error, handling.EndedAt);
        }

        return span;
    }

    public void Fail(WireSpan span, string message, double at, string type = "System.InvalidOperationException")
    {
        span.Status = new Status { Code = Status.Types.StatusCode.Error, Message = message };
        var occurred = new WireSpan.Types.Event { Name = "exception", TimeUnixNano = Nanos(at) };
        occurred.Attributes.Add(Pair("exception.type", type));
        occurred.Attributes.Add(Pair("exception.message", message));
        span.Events.Add(occurred);
        span.Attributes.Add(Pair(MessagingTags.ErrorType, type));
    }

    public ExportTraceServiceRequest Build()
    {
        var request = new ExportTraceServiceRequest();
        foreach (var group in _spans.GroupBy(pair => pair.Service))
        {
            var scope = new ScopeSpans { Scope = new InstrumentationScope { Name = "EventBus" } };
            scope.Spans.AddRange(group.Select(pair => pair.Span));
            var resource = new ResourceSpans { Resource = ResourceOf(group.Key) };
            resource.ScopeSpans.Add(scope);
            request.ResourceSpans.Add(resource);
        }

        return request;
    }

    public static WireResource ResourceOf(string service)
    {
        var resource = new WireResource();
        resource.Attributes.Add(Pair("service.name", service));
        resource.Attributes.Add(Pair("service.instance.id", $"{service}-1"));
        return resource;
    }

    public static KeyValue Pair(string key, object value) => new()
    {
        Key = key,
        Value = value switch
        {
            long number => new AnyValue { IntValue = number },
            int number => new AnyValue { IntValue = number },
            double number => new AnyValue { DoubleValue = number },
            bool yes => new AnyValue { BoolValue = yes },
            string[] texts => new AnyValue
            {
                ArrayValue = new ArrayValue { Values = { texts.Select(text => new AnyValue { StringValue = text }) } },
            },
            _ => new AnyValue { StringValue = $"{value}" },
        },
    };

    public static WireSpan.Types.Link LinkTo(WireSpan span) => new() { TraceId = span.TraceId, SpanId = span.SpanId };

    private static void Tag(WireSpan span, IEnumerable<(string Key, object Value)> tags) =>
        span.Attributes.AddRange(tags.Select(tag => Pair(tag.Key, tag.Value)));

    private ulong Nanos(double ms) => (ulong)((start - DateTimeOffset.UnixEpoch).Ticks * 100) + (ulong)(ms * 1_000_000);

    private long Micros(double ms) => (long)(Nanos(ms) / 1000);
}

public sealed record Message(string Type, string Kind, string Id, string FlowId, string Key, int Version = 1, string[]? RequiredBy = null)
{
    public IEnumerable<(string, object)> Tags(string operation) =>
    [
        (MessagingTags.System, "rabbitmq"), (MessagingTags.OperationName, operation), (MessagingTags.OperationType, operation),
        (MessagingTags.Destination, $"{(Kind == "event" ? "events" : "commands")}:{Type}"), (MessagingTags.RoutingKey, Type),
        (MessagingTags.MessageId, Id), (MessagingTags.ConversationId, FlowId), (MessagingTags.Type, Type), (MessagingTags.Kind, Kind),
        (MessagingTags.Key, Key), (MessagingTags.Version, (long)Version),
    ];
}

/// <summary>One attempt, in milliseconds after the script's start.</summary>
public sealed record Handling(
    string Queue, double CreatedAt, double PublishedAt, double ReceivedAt, double HandlingAt, double EndedAt,
    string Outcome = "handled", int Attempt = 1, double RetryDelay = 0, string? Error = null, double? ReplayedAt = null);

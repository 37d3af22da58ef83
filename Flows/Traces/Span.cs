namespace Flows.Traces;

public enum SpanKind
{
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

public enum SpanStatus
{
    Unset,
    Ok,
    Error,
}

public sealed record SpanEvent(string Name, DateTimeOffset Time, Tag[] Tags);

public sealed record SpanLink(SpanRef Target, Tag[] Tags);

/// <summary>A finished span. Never changes once it is in the store.</summary>
public sealed class Span
{
    public required TraceId TraceId { get; init; }
    public required SpanId Id { get; init; }
    public SpanId ParentId { get; init; }
    public required string Name { get; init; }
    public required SpanKind Kind { get; init; }
    public required TelemetrySource Source { get; init; }

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public required long Start { get; init; }

    /// <summary>Nanoseconds since the Unix epoch; never before <see cref="Start"/>.</summary>
    public required long End { get; init; }

    public SpanStatus Status { get; init; }
    public string StatusMessage { get; init; } = "";
    public required Tag[] Tags { get; init; }
    public required SpanEvent[] Events { get; init; }
    public required SpanLink[] Links { get; init; }

    /// <summary>About how much memory this span holds.</summary>
    public required int Bytes { get; init; }

    public SpanRef Ref => new(TraceId, Id);
    public TimeSpan Duration => TimeSpan.FromTicks((End - Start) / 100);
    public DateTimeOffset StartTime => UnixNanos.ToTime(Start);
    public bool IsError => Status == SpanStatus.Error;
    public string Service => Source.Service;
}

public static class UnixNanos
{
    public static DateTimeOffset ToTime(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);
}

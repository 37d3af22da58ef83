using Flows.Expectations;
using Flows.Stitching;
using Flows.Traces;

namespace Flows.Tests.Expectations;

/// <summary>A flow made of messages, compared with a process. Times are seconds after <see cref="Start"/>.</summary>
internal sealed class ComparedFlow(ProcessDeclaration process)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<FlowMessage> _messages = [];

    public ComparedFlow Sent(
        string type, string from, double at, (string Queue, double At, string Outcome)[] handlings, FlowState state = FlowState.Done,
        double? dueAt = null)
    {
        var deliveries = handlings
            .GroupBy(handling => handling.Queue)
            .Select(attempts => new FlowDelivery(attempts.Key, attempts.Key, Handler: null, [.. attempts.Select(Attempt)]));
        _messages.Add(new FlowMessage(
            $"m{_messages.Count + 1}", type, "event", Key: null, Version: null, from, CreateSpan: null, Start.AddSeconds(at),
            Start.AddSeconds(at), dueAt is { } due ? Start.AddSeconds(due) : null, CausedBy: null, state, [.. deliveries], WaitsIn: []));
        return this;
    }

    public ComparedFlow Sent(string type, string from, double at, params string[] handledBy) =>
        Sent(type, from, at, [.. handledBy.Select(queue => (queue, at + 1, "handled"))]);

    public ExpectedFlow At(double seconds) => ProcessComparison.Compare(
        process,
        new FlowView("order-1", FlowState.Done, Root: null, Start, Start.AddSeconds(seconds), _messages, [], [], [], [], []),
        Start.AddSeconds(seconds));

    private static FlowAttempt Attempt((string Queue, double At, string Outcome) handling, int index)
    {
        var ended = Start.AddSeconds(handling.At);
        var wait = new Wait(null, null, null, null, TimeSpan.Zero, TimeSpan.Zero, ReceivedAt: null, HandlingAt: ended, EndedAt: ended);
        return new FlowAttempt(index + 1, handling.Outcome, SpanOf(ended), wait, Error: null);
    }

    private static Span SpanOf(DateTimeOffset at) => new()
    {
        TraceId = new TraceId(1, 1),
        Id = new SpanId(1),
        Name = "process",
        Kind = SpanKind.Consumer,
        Source = TelemetrySource.Unknown,
        Start = (at - DateTimeOffset.UnixEpoch).Ticks * 100,
        End = (at - DateTimeOffset.UnixEpoch).Ticks * 100,
        Tags = [],
        Events = [],
        Links = [],
        Bytes = 0,
    };
}

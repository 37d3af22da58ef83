using Flows.Otlp;
using Flows.Stitching;
using Flows.Tests.Scenarios;
using Flows.Traces;
using Microsoft.Extensions.Time.Testing;
using WireKind = Flows.Otlp.Wire.Trace.Span.Types.SpanKind;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Tests.Stitching;

/// <summary>A worker that handles all messages under one activity: one trace, whose consumers link to their senders' traces.</summary>
public sealed class SharedTraceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start.AddMinutes(5));
    private readonly TraceStore _traces = new(new TelemetryLimits());
    private readonly Intake _intake;
    private readonly SpanScript _script = new(Start);
    private readonly WireSpan _loop;

    public SharedTraceTests()
    {
        _intake = Intakes.Of(_traces, clock: _clock);
        _loop = _script.Add("worker", "loop", WireKind.Internal, 0, 9_000);
    }

    [Fact]
    public void Messages_OfDifferentSenders_AreDifferentFlows()
    {
        var (first, second) = (Send("A"), Send("B"));
        _script.Client("worker", "INSERT a", 110, 120, Process(first, 100), ("db.system.name", "postgresql"));
        _script.Client("worker", "INSERT b", 210, 220, Process(second, 200), ("db.system.name", "postgresql"));

        var flow = Stitch(first);

        Assert.Equal(["POST A", "orders send", "orders process", "INSERT a"], flow.Spans.Select(span => span.Name));
        Assert.Equal("worker", Assert.Single(Assert.Single(flow.Messages).Deliveries).Service);
        Assert.Equal(["POST B", "orders send", "orders process", "INSERT b"], Stitch(second).Spans.Select(span => span.Name));
    }

    [Fact]
    public void Message_ThatAHandlerSends_BelongsToTheFlowOfItsCause()
    {
        var (first, second) = (Send("A"), Send("B"));
        Reply(Process(first, 100), 110);
        Reply(Process(second, 200), 210);

        var flow = Stitch(first);

        Assert.Equal(["orders", "replies"], flow.Messages.Select(message => message.Type));
        Assert.Equal(flow.Messages[0].Id, flow.Messages[1].CausedBy);
        Assert.Equal("mail", Assert.Single(flow.Messages[1].Deliveries).Service);
        Assert.Equal(2, Stitch(second).Messages.Count);
        Assert.Empty(Stitch(_loop).Messages);
    }

    [Fact]
    public void Message_ThatAHandlerSends_IsKept_IfItsCauseIsUnknown()
    {
        foreach (var at in new[] { 100, 200 })
        {
            var process = _script.Add("worker", "orders process", WireKind.Consumer, at, at + 50, _loop);
            process.Links.Add(new WireSpan.Types.Link { TraceId = SpanScript.NewTraceId(), SpanId = SpanScript.NewSpanId() });
            Reply(process, at + 10);
        }

        Assert.Equal(2, Stitch(_loop).Messages.Count(message => message.Type == "replies"));
    }

    [Fact]
    public void Replies_ThatTheSenderAwaits_StayInItsFlow()
    {
        foreach (var at in new[] { 100, 200 })
        {
            var ask = _script.Add("shop", "questions send", WireKind.Producer, at, at + 1, _loop, tags: Queue("questions"));
            var asked = _script.Add("stock", "questions process", WireKind.Consumer, at + 10, at + 20, tags: Queue("questions"));
            asked.Links.Add(SpanScript.LinkTo(ask));
            var answer = _script.Add("stock", "answers send", WireKind.Producer, at + 15, at + 16, asked, tags: Queue("answers"));
            var answered = _script.Add("shop", "answers process", WireKind.Consumer, at + 30, at + 40, _loop, tags: Queue("answers"));
            answered.Links.Add(SpanScript.LinkTo(answer));
        }

        var flow = Stitch(_loop);

        Assert.Equal(["questions", "answers", "questions", "answers"], flow.Messages.Select(message => message.Type));
        Assert.All(flow.Messages, message => Assert.Single(message.Deliveries));
    }

    [Fact]
    public void Conversation_ThatBeginsInAHandler_HasOnlyTheSpansOfItsHandler()
    {
        var (first, second) = (Send("A"), Send("B"));
        Begin("order-1", Process(first, 100), 110);
        Begin("order-2", Process(second, 200), 210);

        var flow = Stitch("order-1");

        Assert.Contains(flow.Messages, message => message.Id == "m-order-1");
        Assert.DoesNotContain(flow.Messages, message => message.Id == "m-order-2");
        Assert.DoesNotContain(flow.Spans, span => span.Name == "POST B");
    }

    [Fact]
    public void Parts_AreKept_UntilTheTraceGetsASpan()
    {
        var (first, second) = (Send("A"), Send("B"));
        Process(first, 100);
        Process(second, 200);
        _intake.Read(_script.Build());
        var (loop, divided) = (_traces.Find(TraceId.From(_loop.TraceId.Span))!, new DividedTraces(_traces));

        var parts = divided.PartsOf(loop);
        Assert.Same(parts, divided.PartsOf(loop));
        Process(first, 300);
        _intake.Read(_script.Build());

        Assert.Equal((3, 4), (parts.Count, divided.PartsOf(loop).Count));
    }

    private static (string, object)[] Queue(string name) =>
        [(MessagingTags.System, "kafka"), (MessagingTags.Destination, name)];

    private static string KeyOf(WireSpan span) => TraceId.From(span.TraceId.Span).ToString();

    private WireSpan Send(string name) => _script.Add(
        "shop", "orders send", WireKind.Producer, 5, 8, _script.Server("shop", $"POST {name}", 0, 30), tags: Queue("orders"));

    private WireSpan Process(WireSpan sent, double at)
    {
        var process = _script.Add("worker", "orders process", WireKind.Consumer, at, at + 50, _loop, tags: Queue("orders"));
        process.Links.Add(SpanScript.LinkTo(sent));
        return process;
    }

    private void Reply(WireSpan process, double at)
    {
        var reply = _script.Add("worker", "replies send", WireKind.Producer, at, at + 1, process, tags: Queue("replies"));
        var mail = _script.Add("mail", "replies process", WireKind.Consumer, at + 20, at + 30, tags: Queue("replies"));
        mail.Links.Add(SpanScript.LinkTo(reply));
    }

    private void Begin(string flow, WireSpan process, double at) =>
        _script.Create("worker", new Message("ordering.order-placed", "event", $"m-{flow}", flow, flow), at, process);

    private FlowView Stitch(WireSpan ofTrace) => Stitch(KeyOf(ofTrace));

    private FlowView Stitch(string key)
    {
        _intake.Read(_script.Build());
        return new FlowStitcher(_traces, _clock).Stitch(key)!;
    }
}

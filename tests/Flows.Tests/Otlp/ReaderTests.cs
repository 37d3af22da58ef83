using Flows.Otlp;
using Flows.Stitching;
using Flows.Tests.Scenarios;
using Flows.Traces;
using Microsoft.Extensions.Time.Testing;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Tests.Otlp;

/// <summary>How spans of the wire become spans of the store.</summary>
public sealed class ReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TraceStore _traces = new(new TelemetryLimits());
    private readonly Intake _intake;

    public ReaderTests() => _intake = Intakes.Of(_traces, clock: new FakeTimeProvider(Now));

    [Theory]
    [InlineData("", "unknown_service")]
    [InlineData("webapp", "webapp")]
    public void ServiceName_ThatIsEmpty_IsUnknown(string name, string expected)
    {
        var span = Read(name, _ => { });

        Assert.Equal(expected, span.Service);
    }

    [Fact]
    public void AttributesThatFlowsAreMadeOf_AreKept_WhenTheLimitCutsOthers()
    {
        var script = new SpanScript(Now);
        var span = script.Server("webapp", "GET /", 0, 1);
        for (var i = 0; i < 200; i++)
        {
            span.Attributes.Add(SpanScript.Pair($"other.{i}", i));
        }

        span.Attributes.Add(SpanScript.Pair(MessagingTags.ConversationId, "order-1"));
        span.Attributes.Add(SpanScript.Pair(MessagingTags.Queue, "q"));
        var request = script.Build();
        var resource = request.ResourceSpans[0].Resource;
        for (var i = 0; i < 200; i++)
        {
            resource.Attributes.Insert(0, SpanScript.Pair($"other.{i}", i));
        }

        _intake.Read(request);

        var read = Assert.Single(_traces.Snapshot()).Spans.ToSegment()[0];
        Assert.Equal("webapp", read.Service);
        Assert.Equal("order-1", read.Tags.Find(MessagingTags.ConversationId));
        Assert.Equal("q", read.Tags.Find(MessagingTags.Queue));
        Assert.Equal("0", read.Tags.Find("other.0"));
        Assert.Equal(new TelemetryLimits().Attributes, read.Tags.Length);
        Assert.NotNull(_traces.Flows.Find("order-1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ulong.MaxValue)]
    public void Times_ThatAreMissingOrImpossible_AreTheTimeOfArrival(ulong time)
    {
        var span = Read("webapp", span =>
        {
            (span.StartTimeUnixNano, span.EndTimeUnixNano) = (time, time);
            span.Events.Add(new WireSpan.Types.Event { Name = "event", TimeUnixNano = time });
        });

        Assert.Equal((Now, TimeSpan.Zero, Now), (span.StartTime, span.Duration, span.Events[0].Time));
    }

    [Fact]
    public void Text_ThatIsCut_IsNotCutWithinACharacter()
    {
        var limit = new TelemetryLimits().ValueLength;

        var span = Read("webapp", span => span.Name = $"{new string('x', limit - 1)}😀");

        Assert.Equal($"{new string('x', limit - 1)}…", span.Name);
    }

    [Fact]
    public void Kinds_ThatAreUnknown_AreUnspecified()
    {
        var span = Read("webapp", span =>
        {
            span.Kind = (WireSpan.Types.SpanKind)77;
            span.Status = new() { Code = (Flows.Otlp.Wire.Trace.Status.Types.StatusCode)77 };
        });

        Assert.Equal((SpanKind.Unspecified, SpanStatus.Unset), (span.Kind, span.Status));
    }

    private Span Read(string service, Action<WireSpan> change)
    {
        var script = new SpanScript(Now);
        change(script.Server(service, "GET /", 0, 1));
        _intake.Read(script.Build());
        return Assert.Single(_traces.Snapshot()).Spans.ToSegment()[0];
    }
}

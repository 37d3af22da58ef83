using System.Runtime.CompilerServices;
using System.Text;
using Flows.Stitching;
using Flows.Otlp;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Otlp.Wire.Trace;
using Flows.Traces;
using Flows.Tests.Scenarios;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Tests.Traces;

public sealed class StoreTests
{
    [Fact]
    public void Spans_BeyondTheLimit_DropTheOldestTracesAndAreCounted()
    {
        var limits = new TelemetryLimits { Spans = 200 };
        var traces = new TraceStore(limits);
        var reader = ReaderOf(traces, limits);
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 100; i++)
        {
            reader.Read(OrderFlow.Script(Guid.CreateVersion7(), start.AddSeconds(i)));
        }

        Assert.True(traces.SpanCount <= 200);
        Assert.Equal(traces.Tally.Received, traces.SpanCount + traces.Tally.Dropped);
        Assert.Equal(traces.SpanCount, traces.Snapshot().Sum(trace => trace.Spans.Count));
        Assert.True(traces.Tally.DroppedUntil > start.AddSeconds(80));
        Assert.True(traces.Flows.Snapshot().Count < 12);
    }

    [Fact]
    public void Bytes_AreLimitedToo()
    {
        var limits = new TelemetryLimits { SpanBytes = 100_000 };
        var traces = new TraceStore(limits);
        var reader = ReaderOf(traces, limits);
        for (var i = 0; i < 50; i++)
        {
            reader.Read(OrderFlow.Script(Guid.CreateVersion7(), DateTimeOffset.UnixEpoch.AddYears(50)));
        }

        Assert.True(traces.Bytes <= 100_000);
        Assert.True(traces.Tally.Dropped > 0);
    }

    [Fact]
    public void Bytes_CountEveryTextOfASpan()
    {
        var text = new string('x', 4_100);
        Dictionary<string, Action<WireSpan>> texts = new()
        {
            ["name"] = span => span.Name = text,
            ["status"] = span => span.Status = new Status { Code = Status.Types.StatusCode.Error, Message = text },
            ["attribute"] = span => span.Attributes.Add(SpanScript.Pair("key", text)),
            ["attribute's key"] = span => span.Attributes.Add(SpanScript.Pair(text, 1)),
            ["event"] = span => span.Events.Add(new WireSpan.Types.Event { Name = text }),
            ["link's attribute"] = span => span.Links.Add(new WireSpan.Types.Link { Attributes = { SpanScript.Pair("key", text) } }),
        };

        var bare = BytesOfSpan(_ => { });

        Assert.All(texts, add => Assert.True(BytesOfSpan(add.Value) >= bare + 8_000, add.Key));
    }

    [Theory]
    [InlineData("service.name")]
    [InlineData("service.instance.id")]
    public void LongSource_IsCut_AndCountedInItsSpansAndLogLines(string attribute)
    {
        var limits = new TelemetryLimits();
        var (traces, logs) = (new TraceStore(limits), new LogStore(limits));
        var intake = Intakes.Of(traces, limits, logs: logs);
        var script = new SpanScript(DateTimeOffset.UnixEpoch.AddYears(50));
        script.Server("webapp", "GET /", 0, 10);
        var request = script.Build();
        request.ResourceSpans[0].Resource.Attributes.Insert(0, SpanScript.Pair(attribute, new string('x', 8_000)));

        intake.Read(request);
        intake.TakeLogs(Encoding.UTF8.GetBytes(
            $$"""{"resourceLogs":[{"resource":{{request.ResourceSpans[0].Resource}},"scopeLogs":[{"logRecords":[{}]}]}]}"""));

        var source = Assert.Single(logs.Snapshot()).Source;
        Assert.InRange(source.Service.Length + source.Instance.Length, 256, 300);
        Assert.Same(source, Assert.Single(traces.Snapshot()).Root!.Source);
        Assert.True(traces.Bytes >= BytesOfSpan(_ => { }) + 400);
        Assert.True(logs.Snapshot()[0].Bytes >= 260 + 512);
    }

    [Fact]
    public void FlowWithoutTraces_IsReleased_EvenIfAnOlderFlowIsKept()
    {
        var limits = new TelemetryLimits { Spans = 20 };
        var traces = new TraceStore(limits);
        var reader = ReaderOf(traces, limits);
        Read("kept");
        var gone = Read("gone");
        for (var i = 0; i < 20; i++)
        {
            Read("kept");
        }

        Collect();

        Assert.Equal("kept", Assert.Single(traces.Flows.Snapshot()).Key);
        Assert.False(gone.IsAlive);
        GC.KeepAlive(traces);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Read(string flow)
        {
            var script = new SpanScript(DateTimeOffset.UnixEpoch.AddYears(50));
            script.Create("shop", new Message("sold", "event", $"{Guid.NewGuid()}", flow, flow), 1, script.Server("shop", "POST", 0, 2));
            reader.Read(script.Build());
            return new WeakReference(traces.Flows.Find(flow));
        }
    }

    [Fact]
    public void DroppedTrace_IsReleased_EvenIfItsFlowIsKeptAndWasViewed()
    {
        var limits = new TelemetryLimits { Spans = 50 };
        var traces = new TraceStore(limits);
        var reader = ReaderOf(traces, limits);
        var catalog = new FlowCatalog(traces, new FlowStitcher(traces, TimeProvider.System), TimeProvider.System);

        var (trace, span) = LookedAt(traces, reader, catalog);
        reader.Read(Shipping(spans: 45));
        Collect();

        Assert.Single(traces.Flows.Find("order-1")!.Traces);
        Assert.Equal("order-1", Assert.Single(traces.Flows.Snapshot()).Key);
        Assert.False(trace.IsAlive, "the trace is held");
        Assert.False(span.IsAlive, "a span is held");
        GC.KeepAlive(traces);
        GC.KeepAlive(catalog);

        // Apart, so that no local of the test holds what is to go.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference Trace, WeakReference Span) LookedAt(TraceStore traces, Intake reader, FlowCatalog catalog)
        {
            reader.Read(Shipping(spans: 10));
            Assert.Single(catalog.List(new FlowFilter(), max: 10));
            var trace = Assert.Single(traces.Snapshot());
            return (new WeakReference(trace), new WeakReference(trace.Root));
        }

        static ExportTraceServiceRequest Shipping(int spans)
        {
            var script = new SpanScript(DateTimeOffset.UnixEpoch.AddYears(50));
            var root = script.Server("ordering-api", "POST", 0, 10);
            script.Create(
                "ordering-api", new Message("ordering.order-shipped", "event", $"{Guid.NewGuid()}", "order-1", "order-1"), 1, root);
            for (var i = 2; i < spans; i++)
            {
                script.Client("ordering-api", "SELECT", i, i + 1, root);
            }

            return script.Build();
        }
    }

    [Fact]
    public void EndlessTrace_IsLimited()
    {
        var limits = new TelemetryLimits { SpansPerTrace = 5 };
        var traces = new TraceStore(limits);
        var script = new SpanScript(DateTimeOffset.UnixEpoch.AddYears(50));
        var root = script.Server("webapp", "GET /", 0, 10);
        for (var i = 0; i < 20; i++)
        {
            script.Client("webapp", "GET", i, i + 1, root);
        }

        ReaderOf(traces, limits).Read(script.Build());

        Assert.Equal(5, Assert.Single(traces.Snapshot()).Spans.Count);
        Assert.Equal(16, traces.Tally.Rejected);
    }

    [Fact]
    public async Task BoundedLog_ReadWhileWritten_ReturnsItsItemsInOrder()
    {
        var log = new BoundedLog<string>(100);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var reads = 0;
            while (!done.IsCancellationRequested || reads == 0)
            {
                var numbers = log.Snapshot().ConvertAll(text => int.Parse(text, provider: null));
                Assert.True(numbers.Count <= 100);
                for (var i = 1; i < numbers.Count; i++)
                {
                    Assert.Equal(numbers[i - 1] + 1, numbers[i]);
                }

                reads++;
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 200_000; i++)
        {
            if (log.IsFull)
            {
                log.RemoveOldest();
            }

            log.Append($"{i}");
        }

        await done.CancelAsync();
        await reader;
        Assert.Equal(100, log.Count);
        Assert.Equal(200_000, log.Appended);
    }

    [Fact]
    public void Logs_KeepTheNewest_EachOnce()
    {
        var logs = new LogStore(new TelemetryLimits { Logs = 10 });
        for (var i = 0; i < 30; i++)
        {
            logs.Add(Line(i));
            logs.Add(Line(i));
        }

        Assert.Equal([.. Enumerable.Range(20, 10).Select(i => $"line {i}")], logs.Snapshot().Select(log => log.Message));
        Assert.Equal((30, 20), (logs.Tally.Received, logs.Tally.Dropped));

        static LogEntry Line(int i) => new()
        {
            Time = DateTimeOffset.UnixEpoch.AddSeconds(i),
            Message = $"line {i}",
            Level = LogLevel.Error,
            Source = new TelemetrySource("webapp", "1"),
            Tags = [],
            Bytes = 100,
        };
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Spans_ThatAreRepeated_CountOnce(int count)
    {
        var limits = new TelemetryLimits();
        var traces = new TraceStore(limits);
        var script = new SpanScript(DateTimeOffset.UnixEpoch.AddYears(50));
        var root = script.Server("webapp", "GET /", 0, 10);
        for (var i = 1; i < count; i++)
        {
            script.Fail(script.Client("webapp", "GET", i, i + 1, root), "bad", i);
        }

        ReaderOf(traces, limits).Read(script.Build());
        var bytes = traces.Bytes;
        ReaderOf(traces, limits).Read(script.Build());

        var trace = Assert.Single(traces.Snapshot());
        Assert.Equal((count, count - 1, bytes), (trace.Spans.Count, trace.Errors, traces.Bytes));
        Assert.Equal(count, traces.Tally.Received);
    }

    [Theory]
    [InlineData("[catalog-api, webapp]", "catalog-api", "webapp")]
    [InlineData("[\"catalog-api\",\"web\\u00E4pp\"]", "catalog-api", "webäpp")]
    [InlineData("[\"catalog-api\",\"web…")]
    [InlineData("[\"catalog-api\",null]", "catalog-api")]
    [InlineData("[]")]
    public void List_IsReadInOurFormat_AndInThatOfAspiresDashboard(string text, params string[] expected) =>
        Assert.Equal(expected, new Tag[] { new("list", text) }.FindList("list"));

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static long BytesOfSpan(Action<WireSpan> change)
    {
        var limits = new TelemetryLimits();
        var traces = new TraceStore(limits);
        var script = new SpanScript(DateTimeOffset.UnixEpoch.AddYears(50));
        change(script.Server("webapp", "GET /", 0, 10));
        ReaderOf(traces, limits).Read(script.Build());
        return Assert.Single(traces.Snapshot(), trace => trace.Spans.Count == 1).Bytes;
    }

    private static Intake ReaderOf(TraceStore traces, TelemetryLimits limits) => Intakes.Of(traces, limits);
}

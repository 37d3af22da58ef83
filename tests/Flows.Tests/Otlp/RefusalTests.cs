using System.Net;
using System.Text;
using Flows.Otlp;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Otlp.Wire.Trace;
using Flows.Tests.Scenarios;
using Flows.Traces;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;

namespace Flows.Tests.Otlp;

/// <summary>What is refused, as a whole or in part, and how the sender learns it.</summary>
public sealed class RefusalTests
{
    private const string Protobuf = OtlpFormats.Protobuf;
    private const string Json = OtlpFormats.Json;

    [Theory]
    [InlineData("{\"resourceSpans\": 7}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\"", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\":[]} {}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\":[],\"resourceSpans\":[]}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\":[{\"resource\":{},\"resource\":{}}]}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData(
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\",\"name\":\"b\"}]}]}]}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":{}}]}]}]}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[null]}]}]}", Json, null, HttpStatusCode.BadRequest)]
    [InlineData("not gzip", Json, "gzip", HttpStatusCode.BadRequest)]
    [InlineData("not gzip", Protobuf, "gzip", HttpStatusCode.BadRequest)]
    [InlineData("not brotli", Json, "br", HttpStatusCode.BadRequest)]
    [InlineData("not brotli", Protobuf, "br", HttpStatusCode.BadRequest)]
    [InlineData("not deflate", Json, "deflate", HttpStatusCode.BadRequest)]
    [InlineData("not deflate", Protobuf, "deflate", HttpStatusCode.BadRequest)]
    [InlineData("not protobuf at all", Protobuf, null, HttpStatusCode.BadRequest)]
    [InlineData("{}", Json, "zstd", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("<xml/>", "text/xml", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("{}", "", null, HttpStatusCode.UnsupportedMediaType)]
    public async Task Body_ThatIsNotOtlp_IsRefusedWithAStatusInItsOwnEncoding(
        string body, string contentType, string? contentEncoding, HttpStatusCode expected)
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await app.PostAsync(Encoding.UTF8.GetBytes(body), contentType, contentEncoding);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(contentType == Protobuf ? Protobuf : Json, response.Content.Headers.ContentType!.MediaType);
        var status = await StatusOfAsync(response);
        Assert.Equal((int)Code.InvalidArgument, status.Code);
        Assert.NotEmpty(status.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_ThatIsTooLarge_IsRefused_EvenIfItIsSmallWhileCompressed(bool isCompressed)
    {
        await using var app = await RunningFlows.StartAsync();
        app.Otlp.DefaultRequestHeaders.ExpectContinue = !isCompressed;
        var body = new byte[17 << 20];

        using var response = isCompressed
            ? await app.PostAsync(HttpTests.Pack(body), Protobuf, "gzip")
            : await app.PostAsync(body, Protobuf);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal((int)Code.ResourceExhausted, (await StatusOfAsync(response)).Code);
    }

    [Fact]
    public async Task LoneSurrogates_BecomeReplacementCharacters_AndTheOtherSpansAreKept()
    {
        await using var app = await RunningFlows.StartAsync();

        var answer = await SendAsync(
            app,
            JsonSpan(1, "good"),
            JsonSpan(2, """cut \ud83d", "traceState":"\udc00"""),
            JsonSpan(3, """😀 \ud83d\ude00 \n\u0041", "unknown\ud83d":"x"""));

        Assert.Null(answer.PartialSuccess);
        var names = app.Services.GetRequiredService<TraceStore>().Snapshot().Select(trace => trace.Root!.Name);
        Assert.Equal(["good", "cut \ufffd", "😀 😀 \nA"], names);
    }

    [Fact]
    public async Task Spans_WithoutValidIds_AreRefusedInPart_AndCounted()
    {
        await using var app = await RunningFlows.StartAsync();

        var answer = await SendAsync(
            app,
            JsonSpan(1, "good"),
            """{"traceId":"","spanId":"0000000000000001"}""",
            """{"traceId":"0a","spanId":"0000000000000001"}""",
            """{"traceId":"00000000000000000000000000000001","spanId":"0000000000000000"}""");

        Assert.Equal(3, answer.PartialSuccess.RejectedSpans);
        Assert.Contains("trace id of 16 bytes", answer.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
        var store = app.Services.GetRequiredService<TraceStore>();
        Assert.Equal((1, 1L, 3L), (store.Snapshot().Count, store.Tally.Received, store.Tally.Rejected));
    }

    [Fact]
    public async Task Spans_OfAFullTrace_AreRefusedInPart_AndCounted()
    {
        await using var app = await RunningFlows.StartAsync("--Flows:Limits:SpansPerTrace=5");
        var script = new SpanScript(TimeProvider.System.GetUtcNow());
        var root = script.Server("webapp", "GET /", 0, 10);
        for (var i = 0; i < 20; i++)
        {
            script.Client("webapp", "GET", i, i + 1, root);
        }

        using var response = await app.SendAsync("/v1/traces", script.Build());

        var answer = await AnswerOfAsync(response);
        Assert.Equal(16, answer.PartialSuccess.RejectedSpans);
        Assert.Equal(16, app.Services.GetRequiredService<TraceStore>().Tally.Rejected);
    }

    [Theory]
    [InlineData(Protobuf)]
    [InlineData(Json)]
    public async Task Span_WithTooManyParts_IsRefused_AndTheOthersAreKept(string contentType)
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow());
        var large = script.Server("webapp", "large", 0, 1);
        script.Server("webapp", "good", 0, 1);
        large.Attributes.AddRange(Enumerable.Range(0, SpanBatch.MaxParts).Select(_ => new Flows.Otlp.Wire.Common.KeyValue()));
        var request = script.Build();
        var json = $$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{{JsonSpan(1, "good")}}},{"attributes":[{}{{{
            string.Concat(Enumerable.Repeat(",{}", SpanBatch.MaxParts))}}}]}]}]}]}""";

        using var response = contentType == Json
            ? await app.PostAsync(Encoding.UTF8.GetBytes(json), Json)
            : await app.PostAsync(request.ToByteArray(), Protobuf);

        var answer = await AnswerOfAsync(response);
        Assert.Equal(1, answer.PartialSuccess.RejectedSpans);
        Assert.Contains("more than 10000 attributes", answer.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("good", Assert.Single(app.Services.GetRequiredService<TraceStore>().Snapshot()).Root!.Name);
    }

    [Theory]
    [InlineData(Protobuf)]
    [InlineData(Json)]
    public async Task MillionsOfEmptySpans_AreRefusedWithinTheirMemory(string contentType)
    {
        await using var app = await RunningFlows.StartAsync();
        using var warm = await app.PostAsync("{}"u8.ToArray(), Json);
        var body = contentType == Json ? EmptySpansInJson(6 << 20) : EmptySpansInProtobuf(6 << 20);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        using var done = new CancellationTokenSource();
        var watch = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            }
        }, TestContext.Current.CancellationToken);

        using var response = await app.PostAsync(body, contentType);

        await done.CancelAsync();
        await watch;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("Send smaller batches", (await StatusOfAsync(response)).Message, StringComparison.Ordinal);
        Assert.InRange(most - before, 0, 128 << 20);
    }

    [Fact]
    public async Task Export_SentTwice_CountsOnce()
    {
        await using var app = await RunningFlows.StartAsync();

        var first = await SendAsync(app, JsonSpan(1, "one"));
        var second = await SendAsync(app, JsonSpan(1, "one"));

        Assert.All([first, second], answer => Assert.Null(answer.PartialSuccess));
        var store = app.Services.GetRequiredService<TraceStore>();
        Assert.Equal((1L, 1L), (store.SpanCount, store.Tally.Received));
    }

    private static byte[] EmptySpansInProtobuf(int length)
    {
        var scope = new byte[length];
        for (var i = 0; i < length; i += 2)
        {
            scope[i] = (ScopeSpans.SpansFieldNumber << 3) | 2;
        }

        var resource = Nest(ResourceSpans.ScopeSpansFieldNumber, scope);
        return Nest(ExportTraceServiceRequest.ResourceSpansFieldNumber, resource);
    }

    private static byte[] Nest(int field, byte[] content)
    {
        using var nested = new MemoryStream();
        using (var output = new CodedOutputStream(nested, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(content));
        }

        return nested.ToArray();
    }

    private static byte[] EmptySpansInJson(int length) => Encoding.UTF8.GetBytes(
        $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{}{{string.Concat(Enumerable.Repeat(",{}", length / 3))}}]}]}]}""");

    private static string JsonSpan(int trace, string name) =>
        $$"""{"traceId":"{{trace:x32}}","spanId":"0000000000000001","name":"{{name}}","startTimeUnixNano":"1544712660000000000"}""";

    private static async Task<ExportTraceServiceResponse> SendAsync(RunningFlows app, params string[] spans)
    {
        var body = $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', spans)}}]}]}]}""";
        using var response = await app.PostAsync(Encoding.UTF8.GetBytes(body), Json);
        return await AnswerOfAsync(response);
    }

    private static async Task<ExportTraceServiceResponse> AnswerOfAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return await ReadAsync(response, ExportTraceServiceResponse.Parser);
    }

    private static Task<Google.Rpc.Status> StatusOfAsync(HttpResponseMessage response) => ReadAsync(response, Google.Rpc.Status.Parser);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, MessageParser<T> parser) where T : IMessage<T>
    {
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return response.Content.Headers.ContentType!.MediaType == Json
            ? parser.ParseJson(Encoding.UTF8.GetString(body))
            : parser.ParseFrom(body);
    }
}

using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Flows.Access;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Tests.Scenarios;
using Flows.Traces;
using Google.Protobuf;

namespace Flows.Tests.Otlp;

public sealed class HttpTests
{
    private const string TraceId = "5b8efff798038103d269b633813fc60c";

    private const string Json = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"js"}}]},"scopeSpans":[{"spans":[
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"click","kind":2,
           "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000","unknownField":{"a":[1]},
           "status":{"code":2,"message":"bad"},
           "attributes":[{"key":"list","value":{"arrayValue":{"values":[{"intValue":"1"},{"boolValue":true}]}}}],
           "links":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}]}]}]}]}
        """;

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    public async Task Json_WithHexadecimalIds_IsRead(string contentType)
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await app.PostAsync(Encoding.UTF8.GetBytes(Json), contentType);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("{ }", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var trace = await app.TraceAsync(TraceId, spans: 1);
        var span = trace.Spans.ToSegment()[0];
        Assert.Equal("eee19b7ec3c1b174", span.Id.ToString());
        Assert.Equal("js", span.Service);
        Assert.Equal(SpanKind.Server, span.Kind);
        Assert.Equal(SpanStatus.Error, span.Status);
        Assert.Equal("[1, true]", span.Tags.Find("list"));
        Assert.Equal(1000, trace.Duration.TotalMilliseconds);
        Assert.Equal(TraceId, span.Links[0].Target.TraceId.ToString());
    }

    [Fact]
    public async Task Protobuf_InAnyLetterCaseOfItsMediaType_IsAnsweredInProtobuf()
    {
        await using var app = await RunningFlows.StartAsync();
        var body = OrderFlow.Script(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow()).ToByteArray();

        using var response = await app.PostAsync(body, "Application/X-Protobuf");

        Assert.Equal((HttpStatusCode.OK, "application/x-protobuf"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var answer = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Null(ExportTraceServiceResponse.Parser.ParseFrom(answer).PartialSuccess);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task Encoding_ThatIsKnown_IsRead(string encoding)
    {
        await using var app = await RunningFlows.StartAsync();
        var order = OrderFlow.Script(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow()).ToByteArray();

        using var response = await app.PostAsync(encoding == "gzip" ? Pack(order) : order, "application/x-protobuf", encoding);

        response.EnsureSuccessStatusCode();
        await app.GetAsync("/api/flows", answer => (int)answer["count"]! == 1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Sender_WithoutTheKey_IsRejected(string? key)
    {
        await using var app = await RunningFlows.StartAsync();
        app.Otlp.DefaultRequestHeaders.Remove(ApiKeyGate.OtlpHeader);
        if (key is not null)
        {
            app.Otlp.DefaultRequestHeaders.Add(ApiKeyGate.OtlpHeader, key);
        }

        using var response = await app.PostAsync("{}"u8.ToArray(), "application/json");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var status = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((int)Google.Rpc.Code.Unauthenticated, (int)status["code"]!);
    }

    internal static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}

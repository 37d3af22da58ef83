using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Flows.Access;
using Flows.Traces;
using Flows.Tests.Scenarios;
using Google.Protobuf;

namespace Flows.Tests.Otlp;

public sealed class HttpTests
{
    private const string TraceId = "5b8efff798038103d269b633813fc60c";

    private const string Json = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"js"}}]},"scopeSpans":[{"spans":[
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"click","kind":2,
           "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000","unknownField":1,
           "status":{"code":2,"message":"bad"},
           "attributes":[{"key":"list","value":{"arrayValue":{"values":[{"intValue":"1"},{"boolValue":true}]}}}],
           "links":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}]}]}]}]}
        """;

    [Fact]
    public async Task Json_WithHexadecimalIds_IsRead()
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await PostAsync(app, new StringContent(Json, Encoding.UTF8, "application/json"));

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("{ }", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var trace = await app.TraceAsync(TraceId, spans: 1);
        var span = trace.Spans.ToSegment()[0];
        Assert.Equal("eee19b7ec3c1b174", span.Id.ToString());
        Assert.Equal(SpanKind.Server, span.Kind);
        Assert.Equal(SpanStatus.Error, span.Status);
        Assert.Equal("[1, true]", span.Tags.Find("list"));
        Assert.Equal(1000, trace.Duration.TotalMilliseconds);
        Assert.Equal(TraceId, span.Links[0].Target.TraceId.ToString());
    }

    [Fact]
    public async Task Gzip_IsUnpacked()
    {
        await using var app = await RunningFlows.StartAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(OrderFlow.Script(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow()).ToByteArray());
        }

        var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        body.Headers.ContentEncoding.Add("gzip");
        using var response = await PostAsync(app, body);

        response.EnsureSuccessStatusCode();
        await app.GetAsync("/api/flows", answer => (int)answer["count"]! == 1);
    }

    [Theory]
    [InlineData("{\"resourceSpans\": 7}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"resourceSpans\"", "application/json", HttpStatusCode.BadRequest)]
    [InlineData(
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("not protobuf at all", "application/x-protobuf", HttpStatusCode.BadRequest)]
    [InlineData("<xml/>", "text/xml", HttpStatusCode.UnsupportedMediaType)]
    public async Task Body_ThatIsNotOtlp_IsRefusedWithReason(string body, string contentType, HttpStatusCode expected)
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await PostAsync(app, new StringContent(body, Encoding.UTF8, contentType));

        Assert.Equal(expected, response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.NotEmpty((string)problem["detail"]!);
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

        using var response = await PostAsync(app, new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(RunningFlows app, HttpContent body) =>
        app.Otlp.PostAsync("/v1/traces", body, TestContext.Current.CancellationToken);
}

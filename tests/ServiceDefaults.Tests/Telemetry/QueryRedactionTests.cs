using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Trace;
using ServiceDefaults.Tests.Api;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>What is exported about requests whose address has a query, with the settings of Aspire's AppHost in development.</summary>
public sealed class QueryRedactionTests
{
    private const string Secret = "secret-of-a-visitor";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task ValuesOfAQuery_AreInNoSpan_OfServerAndClient(string environment)
    {
        var exported = new CapturedTelemetry();
        await using var api = await StartAsync(exported, environment);

        using var answer = await api.SendAsync(HttpMethod.Get, $"/outer?q={Secret}&page=2&{Secret}");

        Assert.True(answer.IsSuccessStatusCode);
        var spans = await exported.SpansAsync(spans => spans.Any(span => span.GetTagItem("url.path") is "/outer"));
        Assert.DoesNotContain(spans, span => CapturedTelemetry.TextOf(span).Contains(Secret, StringComparison.Ordinal));
        Assert.Contains(spans, span => span.GetTagItem("url.query") is "?q=Redacted&page=Redacted&Redacted");
        Assert.Contains(spans, span => span.GetTagItem("url.query") is "?code=Redacted");
        Assert.Contains(spans, span => span.Kind is ActivityKind.Client
            && span.GetTagItem("url.full") is string address && address.EndsWith("/inner?Redacted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("url.query", "?a=1&b=2", "?a=Redacted&b=Redacted")]
    [InlineData("url.query", "a=1", "a=Redacted")]
    [InlineData("url.full", "http://shop.test/x?token#y", "http://shop.test/x?Redacted")]
    [InlineData("url.full", "http://shop.test/x", "http://shop.test/x")]
    [InlineData("http.url", "http://shop.test/x?a=1=2", "http://shop.test/x?a=Redacted")]
    [InlineData("http.target", "/x?=1&a=", "/x?Redacted&a=Redacted")]
    public async Task SpanOfAnyLibrary_IsRedacted(string tag, string value, string expected)
    {
        var exported = new CapturedTelemetry();
        await using var api = await StartAsync(exported, "Production");
        using var source = new ActivitySource(nameof(QueryRedactionTests));

        using (var span = source.StartActivity("call", ActivityKind.Server))
        {
            span!.SetTag(tag, value);
        }

        // Listeners hear the spans of the whole process, also those of other tests.
        var spans = await exported.SpansAsync(spans => spans.Any(span => span.Source.Name == nameof(QueryRedactionTests)));
        Assert.Equal(expected, spans.Single(span => span.Source.Name == nameof(QueryRedactionTests)).GetTagItem(tag));
    }

    private static Task<TestApi> StartAsync(CapturedTelemetry exported, string environment) => TestApi.StartAsync(
        app =>
        {
            app.MapGet("/inner", () => TypedResults.Ok()).AllowAnonymous();
            app.MapGet("/outer", async (HttpContext context, IHttpClientFactory clients) =>
            {
                using var http = clients.CreateClient();
                var inner = new Uri($"http://127.0.0.1:{context.Connection.LocalPort}/inner?code={Secret}");
                using var answer = await http.GetAsync(inner, context.RequestAborted);
                return TypedResults.Ok();
            }).AllowAnonymous();
        },
        builder => builder.Services.ConfigureOpenTelemetryTracerProvider(
            tracing => tracing.AddSource(nameof(QueryRedactionTests)).AddProcessor(exported)),
        ("environment", environment),
        ("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true"),
        ("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true"));
}

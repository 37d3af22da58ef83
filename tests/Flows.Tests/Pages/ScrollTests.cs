using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flows.Tests.Pages;

/// <summary>Lists of any length stay fast, because only the visible rows are in the page.</summary>
public sealed class ScrollTests
{
    private const int Messages = 100_000;
    private const int PerRequest = 5_000;

    [Fact]
    public async Task HundredThousandMessages_AreOneListThatScrolls()
    {
        await using var app = await RunningFlows.StartAsync(
            $"--Flows:Limits:Spans={2 * Messages}", "--Flows:Limits:SpanBytes=1000000000", $"--Flows:Limits:Flows={2 * Messages}");
        await SendAsync(app);
        using var playwright = await Playwright.CreateAsync();
        var executable = await Chromium.FindOrInstallAsync(TestContext.Current.CancellationToken);
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync();

        await page.GotoAsync(new Uri(app.Frontend, $"/login?t={RunningFlows.Token}&returnUrl=/messages").ToString());
        await Expect(page.GetByText("100\u202f000 messages")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        // Before the page is live, it has only the first rows.
        await page.WaitForFunctionAsync("() => document.querySelector('.scroll').scrollHeight > 1000000");
        var times = await page.Locator(".scroll").EvaluateAsync<double[]>("""
            async list => {
              const times = [];
              for (let i = 1; i <= 40; i++) {
                const began = performance.now();
                list.scrollTop = list.scrollHeight * i / 40;
                await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
                times.push(performance.now() - began);
              }
              return times;
            }
            """);

        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "key-0", Exact = true })).ToBeVisibleAsync();
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), 10, 200);
        TestContext.Current.SendDiagnosticMessage(
            $"Two frames after a jump: {times.Order().ElementAt(20):0} ms, at most {times.Max():0} ms");
    }

    private static async Task SendAsync(RunningFlows app)
    {
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        for (var first = 0; first < Messages; first += PerRequest)
        {
            var spans = Enumerable.Range(first, PerRequest).Select(number => Span(number, start.AddMilliseconds(number)));
            var body = $$$"""
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"sender"}}]},
                "scopeSpans":[{"spans":[{{{string.Join(',', spans)}}}]}]}]}
                """;
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await app.Otlp.PostAsync("/v1/traces", content, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static string Span(int number, DateTimeOffset at)
    {
        var nanos = ((at - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
        return $$$"""
            {"traceId":"{{{number + 1:x32}}}","spanId":"{{{number + 1:x16}}}","name":"send orders","kind":4,
            "startTimeUnixNano":"{{{nanos}}}","endTimeUnixNano":"{{{nanos}}}","attributes":[
            {"key":"messaging.operation.type","value":{"stringValue":"send"}},
            {"key":"messaging.destination.name","value":{"stringValue":"orders"}},
            {"key":"eventbus.message.key","value":{"stringValue":"key-{{{number}}}"}}]}
            """;
    }
}

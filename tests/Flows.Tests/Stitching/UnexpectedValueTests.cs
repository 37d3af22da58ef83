using Flows.Stitching;
using Flows.Tests.Scenarios;
using WireKind = Flows.Otlp.Wire.Trace.Span.Types.SpanKind;

namespace Flows.Tests.Stitching;

/// <summary>An attribute may hold anything. What cannot be meant is read as absent, and never breaks a page of everybody.</summary>
public sealed class UnexpectedValueTests
{
    private static readonly string[] Attributes =
    [
        MessagingTags.CreatedAt, MessagingTags.DueAt, MessagingTags.PublishedAt, MessagingTags.ReceivedAt, MessagingTags.HandlingAt,
        MessagingTags.RetryDelay, MessagingTags.ReplayedAt, MessagingTags.Attempt, MessagingTags.RequiredBy, MessagingTags.Outcome,
        MessagingTags.Version, MessagingTags.Type, MessagingTags.MessageId, MessagingTags.Queue, MessagingTags.OperationType,
        MessagingTags.ConversationId,
    ];

    private static readonly object[] Values =
    [
        long.MaxValue, long.MinValue, 1_764_000_000_000_000_000L, 253_402_300_800_000_000L, -1L, 0L, double.NaN, 1e300, true, "", "[\"",
        "[null]", "[\"q\",null]", "\ud83d", "\0", new string[] { "", "]" },
    ];

    [Fact]
    public async Task Flows_WithAnyValueInAnyAttribute_AreShown()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var count = 0;
        foreach (var attribute in Attributes)
        {
            foreach (var value in Values)
            {
                AddMessage(script, $"flow-{++count}", attribute, value);
            }
        }

        using var sent = await app.SendAsync("/v1/traces", script.Build());
        var flows = await app.GetAsync("/api/flows?limit=1000", answer => (int)answer["count"]! >= count);

        foreach (var page in new[] { "/", "/flows", "/messages", "/topology" })
        {
            await app.Api.GetStringAsync(page, TestContext.Current.CancellationToken);
        }

        foreach (var flow in flows["data"]!.AsArray())
        {
            var path = Uri.EscapeDataString((string)flow!["id"]!);
            Assert.NotEmpty(path);
            if (path != "%00")
            {
                await app.GetAsync($"/api/flows/{path}");
                await app.Api.GetStringAsync($"/flows/{path}", TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task TimeInNanoseconds_IsReadAsAbsent()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        AddMessage(script, "flow-1", MessagingTags.PublishedAt, 1_764_000_000_000_000_000L);
        using var sent = await app.SendAsync("/v1/traces", script.Build());

        var flow = await app.GetAsync("/api/flows/flow-1", flow => flow["messages"]!.AsArray().Count == 1);

        var wait = flow["messages"]![0]!["deliveries"]![0]!["attempts"]![0]!["wait"]!;
        Assert.Null(flow["messages"]![0]!["publishedAt"]);
        Assert.Null(wait["outboxMs"]);
        Assert.Equal(3, (double)wait["handlerMs"]!, tolerance: 0.01);
    }

    private static void AddMessage(SpanScript script, string flow, string attribute, object value)
    {
        var message = new Message("a.b", "event", $"{flow}-message", flow, flow);
        foreach (var (kind, operation) in new[] { (WireKind.Producer, "create"), (WireKind.Consumer, "process") })
        {
            (string Key, object Value)[] tags =
            [
                .. message.Tags(operation), (MessagingTags.Queue, "q"), (MessagingTags.Outcome, "retried"),
                (MessagingTags.RequiredBy, new string[] { "q", "r" }),
            ];
            script.Add("a", operation, kind, 1, 4, tags: [.. tags.Where(tag => tag.Key != attribute), (attribute, value)]);
        }
    }
}

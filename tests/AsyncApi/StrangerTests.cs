using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Ordering.Api.Buyers;
using ServiceBusBroker;
using Servers;

namespace AsyncApi;

/// <summary>
/// A program that is not ours, in another language and with another AMQP library, takes part by following docs/asyncapi.yaml.
/// </summary>
public sealed class StrangerTests(StrangerTests.TestServers servers) : IClassFixture<StrangerTests.TestServers>
{
    private const string Answer = "ordering.order-placed";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessageOfAStranger_IsHandledWithinItsTrace()
    {
        var messaging = await servers.Servers.CreateVirtualHostAsync(Stop);

        await TakesPartAsync(messaging, "take-part.mjs");
    }

    [Fact]
    public async Task OnServiceBus_MessageOfAStranger_IsHandledWithinItsTrace()
    {
        await using var broker = new TestServiceBus();
        broker.CreateFromFile(Repository.PathOf("deploy", "azure", "servicebus-topology.json"));
        broker.CreateSubscription(
            "events", "billing", new EntityOptions { RequiresSession = true }, [new CorrelationRule(Answer) { Subject = Answer }]);

        await TakesPartAsync(broker.ConnectionString, "take-part-on-servicebus.mjs", "billing");
    }

    /// <param name="messaging">The broker.</param>
    /// <param name="script">The stranger's program.</param>
    /// <param name="more">Arguments that only this script has.</param>
    private async Task TakesPartAsync(string messaging, string script, params string[] more)
    {
        var (traceId, spanId) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());
        var handled = new ConcurrentQueue<Activity>();
        using var listener = Listen(traceId, handled);
        await using var ordering = await StartOrderingAsync(await servers.Servers.CreateDatabaseAsync(Stop), messaging);

        var (exitCode, output) = await Npm.RunAsync(
            script,
            [DocumentTests.Document, messaging, "basket.basket-checked-out", Answer, $"00-{traceId}-{spanId}-01", .. more],
            Stop);

        Assert.True(exitCode == 0, output);
        var answer = JsonNode.Parse(output)!;
        Assert.Equal(59.97m, (decimal)answer["body"]!["total"]!);
        Assert.StartsWith($"00-{traceId}-", (string)answer["headers"]!["traceparent"]!, StringComparison.Ordinal);
        var span = Assert.Single(handled, span => Equals(span.GetTagItem("eventbus.message.type"), "basket.basket-checked-out"));
        Assert.Equal(spanId, span.ParentSpanId);
        Assert.Equal("handled", span.GetTagItem("eventbus.outcome"));
    }

    private static ActivityListener Listen(ActivityTraceId trace, ConcurrentQueue<Activity> handled)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "EventBus",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace && span.Kind == ActivityKind.Consumer)
                {
                    handled.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<WebApplicationFactory<Buyer>> StartOrderingAsync(string database, string messaging)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ordering = new WebApplicationFactory<Buyer>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:orderingdb", database)
            .UseSetting("ConnectionStrings:messaging", messaging)
            .UseSetting("Tokens:PublicKey", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));

        using var http = ordering.CreateClient();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await http.GetStringAsync("health", deadline.Token)).StartsWith("""{"status":"Healthy""", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }

        return ordering;
    }

    /// <summary>Ordering's database and its broker.</summary>
    public sealed class TestServers : IAsyncLifetime
    {
        public ShopServers Servers { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Servers = await ShopServers.StartAsync(Stop);

        public ValueTask DisposeAsync() => Servers.DisposeAsync();
    }
}

using Flows.Expectations;
using Flows.Tests.Scenarios;
using YamlDotNet.RepresentationModel;

namespace Flows.Tests.Expectations;

/// <summary>docs/processes/order.json beside docs/asyncapi.yaml, which is generated from the services.</summary>
public sealed class OrderProcessTests
{
    private static readonly ProcessDeclaration Process =
        ProcessFile.Read(File.ReadAllBytes(Repository.PathOf("docs", "processes", "order.json")));

    private readonly YamlMappingNode _asyncApi = Load(Repository.PathOf("docs", "asyncapi.yaml"));

    [Fact]
    public void EachStep_HasTheSenderAndTheQueuesOfAsyncApi()
    {
        var senders = Keys("operations")
            .Select(operation => operation.Split(".sends.", 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[1], parts => parts[0]);

        Assert.All(Process.Steps, step =>
        {
            Assert.Contains(step.From, senders[step.Message]);
            Assert.Equal(QueuesOf(step.Message), step.To.Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void Steps_AreAllMessagesOfOrderingAndTheirCauses()
    {
        string[] others =
        [
            "basket.basket-checked-out", "catalog.stock-level-changed", "catalog.stock-rejected", "catalog.stock-reserved",
            "mail.send-mail", "audit.record-action",
        ];
        var expected = Keys("components", "messages")
            .Where(message => message.StartsWith("ordering.", StringComparison.Ordinal))
            .Concat(others);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Process.Steps.Select(step => step.Message).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FlowApi_HasTheComparisonWithTheProcess()
    {
        var order = Guid.CreateVersion7();
        await using var app = await RunningFlows.StartAsync($"--Flows:Processes={Repository.PathOf("docs", "processes")}");
        using var sent = await app.SendAsync("/v1/traces", OrderFlow.Script(order, TimeProvider.System.GetUtcNow(), isShipped: false));

        var flow = await app.GetAsync($"/api/flows/{order}", flow => flow["messages"]!.AsArray().Count == 5);

        var expected = flow["expected"]!;
        Assert.Equal("order", (string)expected["process"]!);
        var steps = expected["steps"]!.AsArray().ToDictionary(step => (string)step!["message"]!);
        Assert.Equal("Done", (string)steps["catalog.stock-reserved"]!["state"]!);
        Assert.Equal("Waiting", (string)steps["ordering.order-shipped"]!["state"]!);
        Assert.Equal("ordering-api", (string)steps["ordering.order-paid"]!["waitsFor"]![0]!);
    }

    [Fact]
    public async Task FlowPage_OfAFlowThatWaitsForAPerson_SaysWhatComesNext()
    {
        var order = Guid.CreateVersion7();
        await using var app = await RunningFlows.StartAsync($"--Flows:Processes={Repository.PathOf("docs", "processes")}");
        using var sent = await app.SendAsync("/v1/traces", OrderFlow.Script(order, TimeProvider.System.GetUtcNow(), isShipped: false));
        var flow = await app.GetAsync($"/api/flows/{order}", flow => flow["messages"]!.AsArray().Count == 5);
        var next = flow["expected"]!["steps"]!.AsArray().First(step => (string?)step!["state"] is "Missing" or "Waiting")!;

        var page = await app.Api.GetStringAsync($"/flows/{order}", TestContext.Current.CancellationToken);

        Assert.Equal("Done", (string?)flow["state"]);
        Assert.Contains($"Next: <strong>{next["message"]}</strong> from {next["from"]}", page, StringComparison.Ordinal);
    }

    private IEnumerable<string> QueuesOf(string message) =>
        from channel in ((YamlMappingNode)_asyncApi["channels"]).Children
        let name = ((YamlScalarNode)channel.Key).Value!
        where name.StartsWith("queue.", StringComparison.Ordinal)
        where ((YamlMappingNode)channel.Value["messages"]).Children.ContainsKey(new YamlScalarNode(message))
        orderby name
        select name["queue.".Length..];

    private IEnumerable<string> Keys(params string[] path) =>
        ((YamlMappingNode)path.Aggregate((YamlNode)_asyncApi, (node, key) => node[key])).Children.Keys
            .Select(key => ((YamlScalarNode)key).Value!);

    private static YamlMappingNode Load(string file)
    {
        using var reader = File.OpenText(file);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}

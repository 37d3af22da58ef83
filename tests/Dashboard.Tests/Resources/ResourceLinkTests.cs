using System.Text.Json.Nodes;
using Dashboard.Access;
using Dashboard.Resources;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Engine = Dashboard.Resources.V1;

namespace Dashboard.Tests.Resources;

public sealed class ResourceLinkTests
{
    private static readonly Method<Engine.EngineMessage, Engine.DashboardMessage> Link = new(
        MethodType.DuplexStreaming, "dashboard.resources.v1.ResourceLink", "Connect",
        Marshallers.Create(MessageExtensions.ToByteArray, Engine.EngineMessage.Parser.ParseFrom),
        Marshallers.Create(MessageExtensions.ToByteArray, Engine.DashboardMessage.Parser.ParseFrom));

    [Fact]
    public async Task Engine_TellsResourcesAndConsole_AndRunsCommands()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var engine = Connect(dashboard, RunningDashboard.ResourceKey);
        await TellAsync(engine, Catalog("Running"));
        await engine.RequestStream.WriteAsync(Lines("catalog-api", "\e[32minfo\e[39m: listening"), TestContext.Current.CancellationToken);

        var resources = await dashboard.GetAsync("/api/resources", answer => (int)answer["count"]! == 1);
        var resource = resources["data"]![0]!;
        Assert.Equal("Running", (string)resource["state"]!);
        Assert.Equal("********", (string)resource["environment"]!["ConnectionStrings__catalogdb"]!);
        Assert.Equal("http://localhost:5101", (string)resource["urls"]![0]!);

        var link = dashboard.Services.GetRequiredService<EngineLink>();
        var executing = link.ExecuteAsync("catalog-api", "resource-stop", TestContext.Current.CancellationToken);
        Assert.True(await engine.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var command = engine.ResponseStream.Current.ExecuteCommand;
        Assert.Equal(("catalog-api", "resource-stop"), (command.ResourceName, command.CommandName));
        await engine.RequestStream.WriteAsync(
            new Engine.EngineMessage { CommandResult = new Engine.CommandResult { RequestId = command.RequestId, Succeeded = true } },
            TestContext.Current.CancellationToken);
        Assert.True((await executing).Succeeded);

        var console = await dashboard.Api.GetStringAsync("/api/resources/catalog-api/console", TestContext.Current.CancellationToken);
        Assert.Equal("info: listening\n", console);
    }

    [Fact]
    public async Task Engine_ThatComesBack_ReplacesWhatItToldBefore()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using (var first = Connect(dashboard, RunningDashboard.ResourceKey))
        {
            await TellAsync(first, Catalog("Running"));
            await dashboard.GetAsync("/api/resources", answer => (int)answer["count"]! == 1);
        }

        using var second = Connect(dashboard, RunningDashboard.ResourceKey);
        var other = Catalog("Starting");
        other.Resource.Name = "ordering-api";
        await TellAsync(second, other);

        var resources = await dashboard.GetAsync("/api/resources", answer => Names(answer) is ["ordering-api"]);
        Assert.Equal("Starting", (string)resources["data"]![0]!["state"]!);
    }

    [Fact]
    public async Task Command_WhenTheEngineGoes_EndsWithThatNews()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        var link = dashboard.Services.GetRequiredService<EngineLink>();
        Assert.Contains("not connected", (await link.ExecuteAsync("a", "b", TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Task<Engine.CommandResult> executing;
        using (var engine = Connect(dashboard, RunningDashboard.ResourceKey))
        {
            await TellAsync(engine, Catalog("Running"));
            await dashboard.GetAsync("/api/resources", answer => (int)answer["count"]! == 1);
            executing = link.ExecuteAsync("catalog-api", "resource-stop", TestContext.Current.CancellationToken);
        }

        var result = await executing.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.False(result.Succeeded);
        Assert.Contains("went before", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_WithoutTheKey_IsTurnedAway()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var engine = Connect(dashboard, "wrong");

        var refused = await Assert.ThrowsAsync<RpcException>(() => engine.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public void Colours_OfTheTerminal_AreRead() => Assert.Equal(
        [new AnsiRun("fail", 1, true, false), new AnsiRun(": it", -1, false, false)],
        AnsiText.Parse("\e[1m\e[31mfail\e[39m\e[22m: it\e[K"));

    private static string[] Names(JsonNode answer) => [.. answer["data"]!.AsArray().Select(resource => (string)resource!["name"]!)];

    private static AsyncDuplexStreamingCall<Engine.EngineMessage, Engine.DashboardMessage> Connect(RunningDashboard dashboard, string key) =>
        dashboard.Grpc.CreateCallInvoker().AsyncDuplexStreamingCall(
            Link,
            host: null,
            new CallOptions(new Metadata { { ApiKeyGate.ResourceHeader, key } }, cancellationToken: TestContext.Current.CancellationToken));

    private static async Task TellAsync(
        AsyncDuplexStreamingCall<Engine.EngineMessage, Engine.DashboardMessage> engine, Engine.EngineMessage message)
    {
        var hello = new Engine.EngineMessage { Hello = new Engine.Hello { ApplicationName = "Shop" } };
        await engine.RequestStream.WriteAsync(hello, TestContext.Current.CancellationToken);
        await engine.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
    }

    private static Engine.EngineMessage Catalog(string state) => new()
    {
        Resource = new Engine.Resource
        {
            Name = "catalog-api",
            DisplayName = "catalog-api",
            Type = "Project",
            State = state,
            Urls = { new Engine.Url { Name = "http", Url_ = "http://localhost:5101" } },
            Environment = { new Engine.Variable { Name = "ConnectionStrings__catalogdb", IsSecret = true } },
            Commands = { new Engine.Command { Name = "resource-stop", DisplayName = "Stop", IsEnabled = true } },
        },
    };

    private static Engine.EngineMessage Lines(string resource, string text) => new()
    {
        Console = new Engine.ConsoleLines { ResourceName = resource, Lines = { new Engine.ConsoleLine { Number = 1, Text = text } } },
    };
}

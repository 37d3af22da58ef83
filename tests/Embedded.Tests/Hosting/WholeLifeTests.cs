using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.DashboardLink;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Embedded.Tests.Hosting;

/// <summary>States, replicas, commands and consoles of the one application that is up.</summary>
public sealed class WholeLifeTests(Whole whole)
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public void WaitFor_Dependencies_StartFirst()
    {
        var probe = StateOf("probe").StartTimeStamp;

        Assert.All(["postgres", "shop-db", "messaging", "store"], name => Assert.True(StateOf(name).StartTimeStamp < probe, name));
    }

    [Fact]
    public async Task Replicas_OneAddress_AnswersFromBoth()
    {
        var processes = new HashSet<string>();
        while (processes.Count < 2)
        {
            Deadline.ThrowIfCancellationRequested();
            using var client = new HttpClient { BaseAddress = whole.App.GetEndpoint("twins") };
            processes.Add(await client.GetStringAsync("/process", Deadline));
        }

        Assert.Equal("Running", StateOf("twins-1").State?.Text);
        Assert.Equal("Running", StateOf("twins-2").State?.Text);
    }

    [Fact]
    public async Task Commands_OfTheModel_AreExecuted()
    {
        var greeted = await whole.App.ResourceCommands.ExecuteCommandAsync("probe", "greet", Deadline);
        var said = await whole.App.ResourceCommands.ExecuteCommandAsync("probe", "say", Deadline);
        var unknown = await whole.App.ResourceCommands.ExecuteCommandAsync("probe", "sing", Deadline);

        Assert.Equal("Hello from probe", greeted.Message);
        Assert.True(said.Success, said.Message);
        Assert.False(unknown.Success);
        Assert.Contains(await LinesUntilAsync("probe", Whole.Said), line => line.Contains(Whole.Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task HttpCommand_ResultMode_ReturnsTheBody()
    {
        var folder = await whole.App.ResourceCommands.ExecuteCommandAsync("probe", "folder", Deadline);
        var arguments = await whole.App.ResourceCommands.ExecuteCommandAsync("probe", "arguments", Deadline);
        var said = await whole.App.ResourceCommands.ExecuteCommandAsync("probe", "say", Deadline);

        Assert.Equal((Path.GetDirectoryName(Whole.ProbeProject), CommandResultFormat.Text), (folder.Data?.Value, folder.Data!.Format));
        Assert.Equal(("read", "[\"--first\",\"one two\"]"), (arguments.Message, arguments.Data?.Value));
        Assert.Null(said.Data);
    }

    [Fact]
    public void Commands_ForProgramsAlone_AreNotShownToPeople()
    {
        Assert.True(whole.App.ResourceNotifications.TryGetCurrentState("probe", out var state));

        var shown = ResourceMessage.From(state).Commands.Select(command => command.Name).ToArray();

        Assert.Contains("greet", shown);
        Assert.DoesNotContain("folder", shown);
        Assert.Contains(state.Snapshot.Commands, command => command is { Name: "folder", Visibility: ResourceCommandVisibility.Api });
    }

    [Fact]
    public void Snapshot_OfAProject_TellsUrlsRelationshipsAndCommands()
    {
        var snapshot = StateOf("probe");

        Assert.Equal("Project", snapshot.ResourceType);
        Assert.Equal("Probe", snapshot.Urls.Single().DisplayProperties.DisplayName);
        Assert.Contains(snapshot.Relationships, relationship => relationship is { ResourceName: "shop-db", Type: "Reference" });
        Assert.Contains(snapshot.Commands, command => command is { Name: "stop", State: ResourceCommandState.Enabled });
        Assert.Contains(snapshot.Commands, command => command is { Name: "start", State: ResourceCommandState.Hidden });
        Assert.Equal("PostgresServer", StateOf("postgres").ResourceType);
        Assert.Equal("postgres", StateOf("shop-db").Relationships.Single(relationship => relationship.Type == "Parent").ResourceName);
    }

    [Fact]
    public async Task Parameters_Values_AreTold_SecretsAreNot()
    {
        await whole.App.ResourceNotifications.WaitForResourceAsync("secret", "Running", Deadline);

        Assert.Equal("from-configuration", StateOf("given").Properties.Single().Value);
        Assert.Equal("", StateOf("secret").Properties.Single().Value);
        Assert.True(StateOf("secret").Properties.Single().IsSensitive);
    }

    private async Task<IReadOnlyList<string>> LinesUntilAsync(string resource, string text)
    {
        var lines = new List<string>();
        await foreach (var batch in whole.App.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(Deadline))
        {
            lines.AddRange(batch.Select(line => line.Content));
            if (lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                break;
            }
        }

        return lines;
    }

    private CustomResourceSnapshot StateOf(string name)
    {
        Assert.True(whole.App.ResourceNotifications.TryGetCurrentState(name, out var state), name);
        return state.Snapshot;
    }
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Embedded.Tests.Hosting;

public sealed class NotificationTests
{
    private static readonly DateTime Noon = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_OfAResourceOfOnesOwn_IsWhatItTells()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var box = builder.AddResource(new Box("box")).Resource;
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        var notifications = application.ResourceNotifications;
        CustomResourceSnapshot told = Snapshot();

        await notifications.PublishUpdateAsync(box, _ => told);
        await notifications.PublishUpdateAsync(box, "box-1", before => before with { State = KnownResourceStates.Building, IsHidden = true });

        Assert.Equal(told, application.StateOf("box"));
        Assert.Equal((KnownResourceStates.Building, true), (application.StateOf("box-1").State?.Text, application.StateOf("box-1").IsHidden));
        var reached = await notifications.WaitForResourceAsync("box", [KnownResourceStates.Active, "Ready"], Deadline);
        Assert.Equal("Ready", reached);
        var seen = new List<string>();
        await foreach (var happened in notifications.WatchAsync(Deadline))
        {
            Assert.Same(box, happened.Resource);
            seen.Add(happened.ResourceId);
            if (seen.Count == 2)
            {
                break;
            }
        }

        Assert.Equal(["box", "box-1"], seen.Order());
    }

    [Fact]
    public void Snapshot_OfEverything_KeepsIt()
    {
        var told = Snapshot();

        Assert.Equal(("Own", "Ready", "success", 7), (told.ResourceType, told.State?.Text, told.State?.Style, told.ExitCode));
        Assert.Equal((Noon, Noon, Noon), (told.CreationTimeStamp, told.StartTimeStamp, told.StopTimeStamp));
        Assert.Equal(("Box", IconVariant.Filled, true), (told.IconName, told.IconVariant, told.IsHidden));
        Assert.Equal(("key", "value", true), (told.Properties[0].Name, told.Properties[0].Value, told.Properties[0].IsSensitive));
        Assert.Equal(("NAME", "value", true), (told.EnvironmentVariables[0].Name, told.EnvironmentVariables[0].Value, told.EnvironmentVariables[0].IsFromSpec));
        Assert.Equal(("Shop", 1), (told.Urls[0].DisplayProperties.DisplayName, told.Urls[0].DisplayProperties.SortOrder));
        Assert.Equal(("data", "/data", "Volume", false), (told.Volumes[0].Source, told.Volumes[0].Target, told.Volumes[0].MountType, told.Volumes[0].IsReadOnly));
        Assert.Equal(("other", "Friend"), (told.Relationships[0].ResourceName, told.Relationships[0].Type));
        Assert.Equal(("greet", ResourceCommandVisibility.Api), (told.Commands[0].Name, told.Commands[0].Visibility));
        Assert.Null(told.HealthStatus);
        ResourceStateSnapshot? running = KnownResourceStates.Running;
        Assert.Equal(HealthStatus.Healthy, (told with { State = running }).HealthStatus);
        Assert.Null((ResourceStateSnapshot?)(string?)null);
    }

    [Fact]
    public async Task States_OfALife_HaveAspiresNames()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("ends", "sh", ".", "-c", "true");
        builder.AddExecutable("later", "sh", ".", "-c", "exec sleep 1000").WithExplicitStart();
        builder.AddExecutable("after", "sh", ".", "-c", "exec sleep 1000").WaitFor(builder.AddExecutable("never", "sh", ".").WithExplicitStart());
        builder.AddParameter("missing");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        var notifications = application.ResourceNotifications;

        await notifications.WaitForResourceAsync("ends", KnownResourceStates.Finished, Deadline);
        await notifications.WaitForResourceAsync("later", KnownResourceStates.NotStarted, Deadline);
        await notifications.WaitForResourceAsync("after", KnownResourceStates.Waiting, Deadline);
        await notifications.WaitForResourceAsync("missing", KnownResourceStates.ValueMissing, Deadline);
        Assert.NotNull(application.StateOf("ends").StopTimeStamp);
        var states = new List<string?>();
        var watching = WatchAsync();
        await application.ResourceCommands.ExecuteCommandAsync("later", KnownResourceCommands.StartCommand, Deadline);
        await notifications.WaitForResourceHealthyAsync("later", WaitBehavior.StopOnResourceUnavailable, Deadline);
        await application.ResourceCommands.ExecuteCommandAsync("later", KnownResourceCommands.StopCommand, Deadline);
        await watching;

        Assert.Equal(
            [KnownResourceStates.NotStarted, KnownResourceStates.Starting, KnownResourceStates.Running, KnownResourceStates.Stopping, KnownResourceStates.Exited],
            states.Distinct());
        Assert.Equal([KnownResourceStates.Finished, KnownResourceStates.FailedToStart, KnownResourceStates.Exited], KnownResourceStates.TerminalStates);
        var over = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => notifications.WaitForResourceHealthyAsync("later", WaitBehavior.StopOnResourceUnavailable, Deadline));
        Assert.Contains("'Exited'", over.Message, StringComparison.Ordinal);

        async Task WatchAsync()
        {
            await foreach (var happened in notifications.WatchAsync(Deadline))
            {
                if (happened.ResourceId == "later")
                {
                    states.Add(happened.Snapshot.State?.Text);
                    if (states[^1] == KnownResourceStates.Exited)
                    {
                        return;
                    }
                }
            }
        }
    }

    [Fact]
    public async Task RuntimeUnhealthy_Resource_KeepsItsStopCommand()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);
        var stop = app.Resource.Annotations.OfType<ResourceCommandAnnotation>().Single(command => command.Name == KnownResourceCommands.StopCommand);

        var state = stop.UpdateState(new UpdateCommandStateContext
        {
            ResourceSnapshot = application.StateOf("app") with { State = KnownResourceStates.RuntimeUnhealthy },
            Services = application.Services,
        });

        Assert.Equal(ResourceCommandState.Enabled, state);
    }

    private static CustomResourceSnapshot Snapshot() => new()
    {
        ResourceType = "Own",
        Properties = [new ResourcePropertySnapshot("key", "value") { IsSensitive = true }],
        CreationTimeStamp = Noon,
        StartTimeStamp = Noon,
        StopTimeStamp = Noon,
        State = new ResourceStateSnapshot("Ready", "success"),
        ExitCode = 7,
        IsHidden = true,
        IconName = "Box",
        IconVariant = IconVariant.Filled,
        EnvironmentVariables = [new EnvironmentVariableSnapshot("NAME", "value", IsFromSpec: true)],
        Urls = [new UrlSnapshot("http", "http://localhost", IsInternal: false) { DisplayProperties = new UrlDisplayPropertiesSnapshot("Shop", SortOrder: 1) }],
        Volumes = [new VolumeSnapshot("data", "/data", "Volume", IsReadOnly: false)],
        Relationships = [new RelationshipSnapshot("other", "Friend")],
        Commands = [new ResourceCommandSnapshot(
            "greet", ResourceCommandState.Hidden, "Greet", "Says hello", Parameter: null, "Sure?", "Hand", IconVariant.Regular, IsHighlighted: true)
        {
            Visibility = ResourceCommandVisibility.Api,
        }],
    };

    private sealed class Box(string name) : Resource(name);
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Embedded.Tests.Hosting;

/// <summary>Commands to a resource that has no process at that moment.</summary>
public sealed class StopCommandTests
{
    private static readonly string[] Names = ["one", "two", "three", "four"];

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_OfAResourceThatWaits_IsItsEnd_UntilItIsStarted()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddExecutable("first", "sh", ".", "-c", "exec sleep 1000").WithExplicitStart();
        builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WaitFor(first);
        await using var app = await StartAsync(builder);
        await app.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.Waiting, Deadline);

        await ExecuteAsync(app, "app", KnownResourceCommands.StopCommand);

        Assert.Equal(KnownResourceStates.Exited, app.StateOf("app").State?.Text);
        Assert.Equal(ResourceCommandState.Enabled, CommandOf(app, KnownResourceCommands.StartCommand));
        await ExecuteAsync(app, "app", KnownResourceCommands.StartCommand);
        await app.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.Waiting, Deadline);
        await ExecuteAsync(app, "first", KnownResourceCommands.StartCommand);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);
    }

    [Fact]
    public async Task Stop_InThePauseAfterACrash_IsTheEnd()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        using var folder = new TemporaryFolder();
        builder.AddExecutable("app", "sh", folder.Path, "-c", "if [ -e stopped ]; then exec sleep 1000; fi; exit 3");
        await using var app = await builder.BuildAsync(Deadline);

        // The pauses grow: the one of 2 s is long enough to hit.
        var crashes = 0;
        var paused = app.ResourceNotifications.WaitForResourceAsync(
            "app", seen => seen.Snapshot is { ExitCode: 3, State.Text: "Starting" } && ++crashes == 4, Deadline);
        await app.StartAsync(Deadline);
        await paused;
        await ExecuteAsync(app, "app", KnownResourceCommands.StopCommand);

        Assert.Equal((KnownResourceStates.Exited, 3), (app.StateOf("app").State?.Text, app.StateOf("app").ExitCode));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "stopped"), "", Deadline);
        await ExecuteAsync(app, "app", KnownResourceCommands.StartCommand);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);
    }

    [Fact]
    public async Task Start_OfAResourceThatWaits_WaitsNoLonger()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var never = builder.AddExecutable("never", "sh", ".").WithExplicitStart();
        builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WaitFor(never);
        await using var app = await StartAsync(builder);
        await app.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.Waiting, Deadline);

        await ExecuteAsync(app, "app", KnownResourceCommands.StartCommand);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);
        Assert.Equal(KnownResourceStates.NotStarted, app.StateOf("never").State?.Text);
    }

    [Fact]
    public async Task Start_OfAResource_WhenTheApplicationHasStopped_IsCanceled_AndStartsNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", "/", "-c", "exec sleep 1000");
        await using var app = await StartAsync(builder);
        await app.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.Running, Deadline);
        var run = app.Services.GetRequiredService<RunFolder>().Id;
        await app.StopAsync(Deadline);

        var result = await app.ResourceCommands.ExecuteCommandAsync("app", KnownResourceCommands.StartCommand, Deadline);

        Assert.Equal((false, true), (result.Success, result.Canceled));
        await NoneLeft.OfAsync(run, Deadline);
    }

    [Fact]
    public async Task Restart_WhileTheApplicationStops_LeavesNoProcess()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        for (var round = 0; round < 5; round++)
        {
            await using var builder = DistributedApplicationTestingBuilder.Create();
            foreach (var name in Names)
            {
                builder.AddExecutable(name, "sh", "/", "-c", "exec sleep 1000");
            }

            await using var app = await StartAsync(builder);
            await Task.WhenAll(Names.Select(name => app.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.Running, Deadline)));
            var run = app.Services.GetRequiredService<RunFolder>().Id;

            var restarts = Names.Select(name => app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.RestartCommand, Deadline)).ToArray();
            await app.StopAsync(Deadline);
            await Task.WhenAll(restarts);

            await NoneLeft.OfAsync(run, Deadline);
        }
    }

    [Theory]
    [InlineData("NotStarted", ResourceCommandState.Enabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled)]
    [InlineData("Waiting", ResourceCommandState.Enabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled)]
    [InlineData("Starting", ResourceCommandState.Disabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled)]
    [InlineData("Running", ResourceCommandState.Hidden, ResourceCommandState.Enabled, ResourceCommandState.Enabled)]
    [InlineData("Stopping", ResourceCommandState.Hidden, ResourceCommandState.Disabled, ResourceCommandState.Disabled)]
    [InlineData("Exited", ResourceCommandState.Enabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled)]
    public async Task Commands_InEachState_AreOfferedAsInAspire(
        string state, ResourceCommandState start, ResourceCommandState stop, ResourceCommandState restart)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var resource = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithExplicitStart().Resource;
        await using var app = await StartAsync(builder);
        var context = new UpdateCommandStateContext { ResourceSnapshot = app.StateOf("app") with { State = state }, Services = app.Services };

        Assert.Equal((start, stop, restart), (
            Offered(KnownResourceCommands.StartCommand), Offered(KnownResourceCommands.StopCommand), Offered(KnownResourceCommands.RestartCommand)));

        ResourceCommandState Offered(string name) =>
            resource.Annotations.OfType<ResourceCommandAnnotation>().Single(command => command.Name == name).UpdateState(context);
    }

    private static ResourceCommandState CommandOf(DistributedApplication app, string name) =>
        app.StateOf("app").Commands.Single(command => command.Name == name).State;

    private static async Task ExecuteAsync(DistributedApplication app, string resource, string command) =>
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync(resource, command, Deadline)).Success);

    private static async Task<DistributedApplication> StartAsync(IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);
        return app;
    }
}

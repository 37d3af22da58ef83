using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Embedded.Tests.Hosting;

/// <summary>Small applications of shell scripts: each starts in a moment and has one thing to show.</summary>
public sealed class LifecycleTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitForCompletion_OfAJob_StartsAfterIt()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        using var folder = new TemporaryFolder();
        var job = builder.AddExecutable("job", "sh", folder.Path, "-c", "echo done > result");
        builder.AddExecutable("after", "sh", folder.Path, "-c", "cat result; exec sleep 1000").WaitForCompletion(job);
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceAsync("after", "Running", Deadline);

        Assert.True(File.Exists(Path.Combine(folder.Path, "result")));
        Assert.True(app.ResourceNotifications.TryGetCurrentState("job", out var ended));
        Assert.Equal("Finished", ended.Snapshot.State?.Text);
        Assert.Equal(0, ended.Snapshot.ExitCode);
    }

    [Fact]
    public async Task WaitForCompletion_OfAJobThatFails_FailsWithTheReason()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var job = builder.AddExecutable("job", "sh", ".", "-c", "exit 7");
        builder.AddExecutable("after", "sh", ".", "-c", "sleep 1000").WaitForCompletion(job);
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceAsync("after", "FailedToStart", Deadline);

        Assert.Contains(await LinesAsync(app, "after"), line => line.Contains("exit code 0; it is Exited with 7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crash_OfAnApp_StartsItAgain()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        using var folder = new TemporaryFolder();
        builder.AddExecutable("app", "sh", folder.Path, "-c", "if [ -e crashed ]; then exec sleep 1000; fi; touch crashed; exit 3");
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceAsync("app", seen => seen.Snapshot is { ExitCode: 3 }, Deadline);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);

        Assert.True(File.Exists(Path.Combine(folder.Path, "crashed")));
    }

    [Fact]
    public async Task Crash_AgainAndAgain_IsGivenUp()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", ".", "-c", "echo tried; exit 3");
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceAsync("app", "FailedToStart", Deadline);

        Assert.Equal(5, (await LinesAsync(app, "app")).Count(line => line == "tried"));
        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline));
    }

    [Fact]
    public async Task Commands_StopStartRestart_DoWhatTheySay()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithExplicitStart();
        await using var app = await StartAsync(builder);
        var (states, commands) = (app.ResourceNotifications, app.ResourceCommands);

        await states.WaitForResourceAsync("app", "NotStarted", Deadline);
        Assert.True((await commands.ExecuteCommandAsync("app", KnownResourceCommands.StartCommand, Deadline)).Success);
        var first = await RunningAsync();
        Assert.True((await commands.ExecuteCommandAsync("app", KnownResourceCommands.RestartCommand, Deadline)).Success);
        var second = await RunningAsync();
        Assert.True((await commands.ExecuteCommandAsync("app", KnownResourceCommands.StopCommand, Deadline)).Success);
        await states.WaitForResourceAsync("app", "Exited", Deadline);

        Assert.NotEqual(first, second);
        Assert.Null(ProcessIdentity.Of(second));

        async Task<int> RunningAsync()
        {
            var running = await states.WaitForResourceAsync("app", seen => seen.Snapshot.State?.Text == "Running", Deadline);
            return (int)running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;
        }
    }

    [Fact]
    public async Task Stop_OfTheApplication_LeavesNoProcess_AlsoOfThoseThatIgnoreIt()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM; sleep 1000 & echo $!; wait; sleep 1000");
        await using var app = await StartAsync(builder);
        await app.ResourceNotifications.WaitForResourceAsync("stubborn", "Running", Deadline);
        var child = int.Parse(await FirstLineAsync(app, "stubborn"), System.Globalization.CultureInfo.InvariantCulture);

        await app.StopAsync(Deadline);

        Assert.Null(ProcessIdentity.Of(child));
    }

    [Fact]
    public async Task Program_NotThere_FailsWithItsName()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "no-such-program", ".");
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceAsync("app", "FailedToStart", Deadline);

        Assert.Contains(await LinesAsync(app, "app"), line => line.Contains("'no-such-program' of 'app' was not found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FixedPort_InUse_IsNamedWithItsOwnerAndTheWayOut()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", ".", "-c", "sleep 1000").WithHttpEndpoint(port: port, name: "web", isProxied: false);
        await using var app = await builder.BuildAsync(Deadline);

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Deadline));

        Assert.Contains($"Port {port}, which 'app' (endpoint 'web') needs, is in use by process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("change the port of 'app' in AppHost", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_OfAResource_ComeInOrder()
    {
        var happened = new List<string>();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddExecutable("first", "sh", ".", "-c", "exec sleep 1000")
            .OnInitializeResource((_, _, _) => Note("initialize"))
            .OnBeforeResourceStarted((_, _, _) => Note("before start"))
            .OnResourceReady((resource, _, _) => Note($"{resource.Name} ready"));
        builder.AddExecutable("second", "sh", ".", "-c", "exec sleep 1000").WaitFor(first).OnBeforeResourceStarted((_, _, _) => Note("second starts"));
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Deadline);

        Assert.Equal(["initialize", "before start", "first ready", "second starts"], happened);

        Task Note(string what)
        {
            lock (happened)
            {
                happened.Add(what);
            }

            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task StoppedEvent_OfAResource_ComesWhenItHasEnded_AndAFaultySubscriberHoldsUpNothing()
    {
        var stopped = new TaskCompletionSource<int?>();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("job", "sh", ".", "-c", "exit 0")
            .OnResourceStopped((_, happened, _) =>
            {
                stopped.SetResult(happened.ResourceEvent.Snapshot.ExitCode);
                throw new IOException("of the subscriber");
            });
        await using var app = await StartAsync(builder);

        Assert.Equal(0, await stopped.Task.WaitAsync(Deadline));
        await app.ResourceNotifications.WaitForResourceAsync("job", "Finished", Deadline);
        await app.StopAsync(Deadline);
        Assert.Contains("of the subscriber", await Consoles.ReadAsync(app, "job"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KestrelEndpoints_OfAnApp_AreRefused_BecauseTheyWouldWin()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "App.csproj");
        await File.WriteAllTextAsync(project, "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />", Deadline);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "appsettings.json"), """{ "Kestrel": { "Endpoints": { "Http": { "Url": "http://*:5000" } } } }""", Deadline);
        await using var builder = DistributedApplicationTestingBuilder.Create();

        var refused = Assert.Throws<DistributedApplicationException>(() => builder.AddProject("app", project));

        Assert.Contains("Kestrel:Endpoints", refused.Message, StringComparison.Ordinal);
        builder.AddProject("app", project, options => options.ExcludeKestrelEndpoints = true);
    }

    [Fact]
    public async Task Container_WithoutANativeServer_FailsAndNamesTheOtherEngine()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddResource(new ContainerResource("mail")).WithImage("mailpit", "1");
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceAsync("mail", "FailedToStart", Deadline);

        Assert.Contains(await LinesAsync(app, "mail"), line => line.Contains("-p:AspireEngine=aspire", StringComparison.Ordinal));
    }

    private static async Task<DistributedApplication> StartAsync(IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);
        return app;
    }

    private static async Task<string> FirstLineAsync(DistributedApplication app, string resource)
    {
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(Deadline))
        {
            return lines[0].Content;
        }

        throw new InvalidOperationException($"'{resource}' wrote nothing.");
    }

    private static async Task<List<string>> LinesAsync(DistributedApplication app, string resource)
    {
        var lines = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return lines;
    }
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;
using Aspire.Hosting.Servers;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Embedded.Tests.Hosting;

/// <summary>Two processes of one resource, of which one goes wrong.</summary>
public sealed class ReplicaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Crash_OfOneOfTwo_LeavesTheResourceReady()
    {
        await using var builder = Describe("if [ $ME = app-2 ] && [ ! -e crashed ]; then until [ -e go ]; do sleep 0.05; done; touch crashed; exit 3; fi; exec sleep 1000");
        await using var app = await StartAsync(builder);
        var states = app.ResourceNotifications;
        await states.WaitForResourceHealthyAsync("app", Deadline);
        await states.WaitForResourceAsync("app-2", KnownResourceStates.Running, Deadline);
        var again = states.WaitForResourceAsync("app-2", seen => seen.Snapshot is { ExitCode: 3 }, Deadline);

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "go"), "", Deadline);
        await again;
        await states.WaitForResourceAsync("app-2", KnownResourceStates.Running, Deadline);

        var whole = app.StateOf("app");
        Assert.Equal((KnownResourceStates.Running, null, null), (whole.State?.Text, whole.ExitCode, whole.StopTimeStamp));
        await states.WaitForResourceHealthyAsync("app", Deadline);
    }

    [Fact]
    public async Task Replica_GivenUp_WhileAnotherServes_ChangesNothingOfTheResource()
    {
        var stopped = 0;
        await using var builder = Describe("if [ $ME = app-2 ]; then echo tried; exit 3; fi; until [ -e go ]; do sleep 0.05; done", () => stopped++);
        await using var app = await StartAsync(builder);
        var states = new List<string?>();
        var watching = WatchAsync();

        await GivenUpAsync(app);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "go"), "", Deadline);
        await watching;

        Assert.DoesNotContain(KnownResourceStates.FailedToStart, states);
        Assert.Equal((KnownResourceStates.Finished, 0), (app.StateOf("app").State?.Text, app.StateOf("app").ExitCode));
        await app.StopAsync(Deadline);
        Assert.Equal(1, stopped);

        async Task WatchAsync()
        {
            await app.ResourceNotifications.WaitForResourceAsync(
                "app",
                seen =>
                {
                    states.Add(seen.Snapshot.State?.Text);
                    return states[^1] == KnownResourceStates.Finished;
                },
                Deadline);
        }
    }

    [Fact]
    public async Task Replicas_GivenUpOneAfterTheOther_FailWithTheLast()
    {
        var stopped = 0;
        await using var builder = Describe(
            "if [ $ME = app-1 ]; then until [ -e go ]; do sleep 0.05; done; fi; echo tried; exit 3", () => stopped++);
        await using var app = await StartAsync(builder);
        await GivenUpAsync(app);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "go"), "", Deadline);
        await app.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.FailedToStart, Deadline);
        await app.StopAsync(Deadline);

        Assert.Equal(1, stopped);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task GivenUpAsync(DistributedApplication app)
    {
        var console = app.Services.GetRequiredService<ResourceLoggerService>().Of("app-2");
        await app.ResourceNotifications.WaitForResourceAsync(
            "app-2",
            seen => seen.Snapshot.State?.Text == KnownResourceStates.Exited
                && console.Last(int.MaxValue).Count(line => line.Content == "tried") == RestartPolicy.Attempts,
            Deadline);
    }

    private static async Task<DistributedApplication> StartAsync(IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);
        return app;
    }

    private IDistributedApplicationTestingBuilder Describe(string script, Action? onStopped = null)
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddResource(new ContainerResource("app"))
            .WithAnnotation(new ReplicaAnnotation(2))
            .WithAnnotation(new NativeServerAnnotation(ServerPackage.Redis, () => new Shell(script, _folder.Path)))
            .OnResourceStopped((_, _, _) =>
            {
                onStopped?.Invoke();
                return Task.CompletedTask;
            });
        return builder;
    }

    private sealed class Shell(string script, string folder) : IProcessSource
    {
        public Task<ProcessPlan> PlanAsync(ProcessContext context, CancellationToken cancellationToken) => Task.FromResult(new ProcessPlan
        {
            FileName = "/bin/sh",
            Arguments = ["-c", script],
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string>(context.Environment) { ["ME"] = context.InstanceId },
            IsDisposable = true,
        });
    }
}

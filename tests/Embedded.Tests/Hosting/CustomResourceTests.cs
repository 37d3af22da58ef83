using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Embedded.Tests.Hosting;

/// <summary>Resources of a user's own, whose handler of <see cref="InitializeResourceEvent"/> tells their states.</summary>
public sealed class CustomResourceTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handler_ThatRunsAsLongAsTheApplication_HoldsUpNothing_AndEndsWithIt()
    {
        var ended = new TaskCompletionSource();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var clock = builder.AddResource(new Clock("clock")).OnInitializeResource(async (resource, happened, cancellationToken) =>
        {
            await happened.Notifications.PublishUpdateAsync(resource, before => before with { State = KnownResourceStates.Running });
            await using var end = cancellationToken.Register(() => ended.SetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        });
        builder.AddExecutable("after", "sh", ".", "-c", "exec sleep 1000").WaitFor(clock);
        await using var app = await builder.BuildAsync(Deadline);

        await app.StartAsync(Deadline).WaitAsync(TimeSpan.FromSeconds(20), Deadline);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("clock", Deadline);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("after", Deadline);
        await app.StopAsync(Deadline);
        await ended.Task.WaitAsync(Deadline);
        Assert.Empty(await Consoles.ReadAsync(app, "clock"));
    }

    [Fact]
    public async Task Running_ToldAtOnce_IsKept()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddResource(new Clock("clock")).OnInitializeResource((resource, happened, _) =>
            happened.Notifications.PublishUpdateAsync(resource, before => before with { State = KnownResourceStates.Running }));
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("clock", Deadline);

        Assert.Equal(KnownResourceStates.Running, app.StateOf("clock").State?.Text);
    }

    [Fact]
    public async Task Running_ToldLaterAndAgain_MakesItReadyEachTime_WhenItIsHealthy()
    {
        var (ready, isHealthy) = (0, false);
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddHealthChecks().AddCheck("ticks", () => isHealthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("stands still"));
        var clock = builder.AddResource(new Clock("clock")).WithHealthCheck("ticks").OnResourceReady((_, _, _) =>
        {
            ready++;
            return Task.CompletedTask;
        });
        await using var app = await StartAsync(builder);
        var states = app.ResourceNotifications;
        var healthy = states.WaitForResourceHealthyAsync("clock", Deadline);

        await TellAsync(KnownResourceStates.Running);
        await states.WaitForResourceAsync("clock", seen => seen.Snapshot.HealthReports.Any(report => report.Description == "stands still"), Deadline);
        Assert.Equal((HealthStatus.Unhealthy, 0), (app.StateOf("clock").HealthStatus, ready));
        isHealthy = true;
        await healthy;
        await TellAsync(KnownResourceStates.Exited);
        await states.WaitForResourceAsync("clock", seen => seen.Snapshot.ResourceReadyEvent is null, Deadline);
        await TellAsync(KnownResourceStates.Running);
        await states.WaitForResourceHealthyAsync("clock", Deadline);

        Assert.Equal(2, ready);

        Task TellAsync(string state) => states.PublishUpdateAsync(clock.Resource, before => before with { State = state });
    }

    [Fact]
    public async Task BeforeStart_PublishedByTheHandler_WaitsForOthers()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddExecutable("first", "sh", ".", "-c", "exec sleep 1000").WithExplicitStart();
        builder.AddResource(new Clock("clock")).WaitFor(first).OnInitializeResource(async (resource, happened, cancellationToken) =>
        {
            await happened.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, happened.Services), cancellationToken);
            await happened.Notifications.PublishUpdateAsync(resource, before => before with { State = KnownResourceStates.Running });
        });
        await using var app = await StartAsync(builder);
        await app.ResourceNotifications.WaitForResourceAsync("clock", KnownResourceStates.Waiting, Deadline);

        await app.ResourceCommands.ExecuteCommandAsync("first", KnownResourceCommands.StartCommand, Deadline);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("clock", Deadline);
    }

    [Fact]
    public async Task Handler_ThatFails_IsToldInTheConsole_AndTheRestStarts()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddResource(new Clock("clock")).OnInitializeResource(async (_, _, _) =>
        {
            await Task.Yield();
            throw new IOException("of the handler");
        });
        builder.AddExecutable("other", "sh", ".", "-c", "exec sleep 1000");
        await using var app = await StartAsync(builder);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("other", Deadline);
        await Consoles.ReadUntilAsync(app, "clock", "of the handler");
    }

    private static async Task<DistributedApplication> StartAsync(IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);
        return app;
    }

    private sealed class Clock(string name) : Resource(name), IResourceWithWaitSupport;
}

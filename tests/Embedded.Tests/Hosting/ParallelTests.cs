using Aspire.Hosting;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Testing;
using StackExchange.Redis;

namespace Embedded.Tests.Hosting;

public sealed class ParallelTests
{
    [Fact]
    public async Task TwoApplications_AtATime_HaveServersOfTheirOwn_AndLeaveNothing()
    {
        var apps = await Task.WhenAll(StartAsync("first"), StartAsync("second"));
        var processes = apps.Select(app => app.ResourceNotifications.TryGetCurrentState("store", out var state)
            ? (int)state.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!
            : 0).ToArray();

        foreach (var (index, app) in apps.Index())
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("store", Deadline))!);
            Assert.Equal(index == 0 ? "first" : "second", (string?)await redis.GetDatabase().StringGetAsync("name"));
        }

        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }

        Assert.All(processes, process => Assert.Null(ProcessIdentity.Of(process)));
    }

    [Fact]
    public async Task FixedPorts_OfTwoClones_AreReplacedWhereAspiresSettingSaysSo()
    {
        await using var first = await StartCloneAsync();
        await using var second = await StartCloneAsync();

        Assert.NotEqual(first.GetEndpoint("app", "http"), second.GetEndpoint("app", "http"));

        static async Task<DistributedApplication> StartCloneAsync()
        {
            var builder = DistributedApplicationTestingBuilder.Create(
                ["--DcpPublisher:RandomizePorts=true"], (options, _) => options.RandomizePorts = false);
            builder.AddExecutable("app", "sh", ".", "-c", "sleep 1000").WithHttpEndpoint(port: 5100);
            var app = await builder.BuildAsync(Deadline);
            await app.StartAsync(Deadline);
            return app;
        }
    }

    [Fact]
    public async Task FixedPort_IsKept_WhereAspiresSettingSaysSo()
    {
        var port = PortAllocator.Take();
        await using var builder = DistributedApplicationTestingBuilder.Create("--DcpPublisher:RandomizePorts=false");
        builder.AddExecutable("app", "sh", ".", "-c", "sleep 1000").WithHttpEndpoint(port: port);
        await using var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);

        Assert.Equal(port, app.GetEndpoint("app", "http").Port);
    }

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    private static async Task<DistributedApplication> StartAsync(string name)
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("store", port: 6379);
        var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("store", Deadline);
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("store", Deadline))!);
        await redis.GetDatabase().StringSetAsync("name", name);
        return app;
    }
}

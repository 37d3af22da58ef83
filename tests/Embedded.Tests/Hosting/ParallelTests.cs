using Aspire.Hosting;
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

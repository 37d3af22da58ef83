using Hosting.Processes.Installation;
using Hosting.Processes.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Processes.Tests.Running;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_StopsTheAppsBeforeTheServers_AndLeavesNothing()
    {
        using var volume = new TestVolume();
        using var folder = new TemporaryFolder();
        var answer = Path.Combine(folder.Path, "answer");
        var app = await Application.StartHealthyAsync(["database", "broker", "store", "program"], builder =>
        {
            var database = builder.AddPostgres("database").WithDataVolume($"{volume.Name}-postgres").RunAsProcess();
            var broker = builder.AddRabbitMQ("broker").RunAsProcess();
            var store = builder.AddRedis("store").RunAsProcess();

            // When it stops, it writes whether PostgreSQL and RabbitMQ still answer.
            const string Ask = "trap 'for port in $PORTS; do exec 3<>/dev/tcp/127.0.0.1/$port || exit; done; "
                + "echo answered > $ANSWER; exit' TERM; while :; do sleep 0.1; done";
            builder.AddExecutable("program", "bash", ".", "-c", Ask)
                .WithEnvironment("PORTS", $"{PortOf(database)} {PortOf(broker)}")
                .WithEnvironment("ANSWER", answer)
                .WaitFor(database).WaitFor(broker).WaitFor(store);

            static EndpointReferenceExpression PortOf<T>(IResourceBuilder<T> server)
                where T : IResourceWithEndpoints => server.GetEndpoint("tcp").Property(EndpointProperty.Port);
        });
        var processes = ProcessTree.Of([.. new List<string> { "database", "broker", "store" }.Select(app.ScriptOf)]).Identities().ToArray();
        var run = Path.GetDirectoryName(app.WorkingDirectoryOf("database"))!;
        Assert.True(Directory.Exists(run));

        await app.StopAsync(Application.Deadline);
        await Eventually.TrueAsync(() => processes.All(process => !process.IsAlive));
        await Eventually.TrueAsync(() => !Directory.Exists(run));
        Assert.Equal("answered", (await File.ReadAllTextAsync(answer, Application.Deadline)).Trim());
        Assert.Contains("shut down", await ClusterStateAsync(Path.Combine($"{volume.Path}-postgres", "pg")), StringComparison.Ordinal);
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Stop_LeavesAloneWhatWasNeverStarted()
    {
        var app = await Application.StartHealthyAsync(["store"], builder =>
        {
            builder.AddRedis("store").RunAsProcess();
            builder.AddExecutable("later", "sleep", ".", "1000").WithExplicitStart();
            builder.AddExecutable("program", "sleep", ".", "1000");
        });
        await app.StateAsync("program", KnownResourceStates.Running);

        await app.Services.GetServices<IHostedService>().OfType<StopAppsFirst>().Single().StopAsync(Application.Deadline);

        // The command of an app that does not run would wait for the limit of all apps.
        const string Stop = "Executing command 'stop'";
        Assert.Contains(Stop, await app.ConsoleAsync("program"), StringComparison.Ordinal);
        Assert.DoesNotContain(Stop, await app.ConsoleAsync("later"), StringComparison.Ordinal);
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Stop_WhileServersStart_LeavesNothing()
    {
        var app = await Application.StartAsync(builder =>
        {
            builder.AddPostgres("database").RunAsProcess();
            builder.AddRabbitMQ("broker").RunAsProcess();
        });
        await app.StateAsync("database", KnownResourceStates.Running);
        var run = Path.GetDirectoryName(app.WorkingDirectoryOf("database"))!;

        await app.DisposeAsync();

        await Eventually.TrueAsync(() => !Directory.Exists(run));
        Assert.Empty(ProcessTree.WithEnvironment($"ASPIRE_SERVER_RUN_FOLDER={Path.Combine(run, "database")}"));
        Assert.Empty(ProcessTree.WithEnvironment($"ASPIRE_SERVER_RUN_FOLDER={Path.Combine(run, "broker")}"));
    }

    [Fact]
    public async Task TwoApplications_InParallel_HaveSeparateServers()
    {
        var apps = await Task.WhenAll(StartAsync(), StartAsync());
        await apps[0].RedisAsync("store", redis => redis.StringSetAsync("name", "first"));

        Assert.Null(await apps[1].RedisAsync("store", async redis => (string?)await redis.StringGetAsync("name")));
        Assert.Equal("first", await apps[0].RedisAsync("store", async redis => (string?)await redis.StringGetAsync("name")));
        Assert.NotEqual(apps[0].WorkingDirectoryOf("store"), apps[1].WorkingDirectoryOf("store"));
        await Task.WhenAll(apps.Select(app => app.DisposeAsync().AsTask()));

        static Task<DistributedApplication> StartAsync() =>
            Application.StartHealthyAsync(["store"], builder => builder.AddRedis("store", port: 6379).RunAsProcess());
    }

    /// <summary>The state that PostgreSQL itself wrote last.</summary>
    private static async Task<string> ClusterStateAsync(string cluster)
    {
        var control = await Cli.Wrap(Path.Combine(ServerPackage.FindPostgres()!, "pg_controldata"))
            .WithArguments([cluster])
            .ExecuteBufferedAsync(Application.Deadline);
        return control.StandardOutput.Split('\n').Single(line => line.StartsWith("Database cluster state:", StringComparison.Ordinal));
    }
}

namespace Hosting.Processes.Tests.Running;

/// <summary>Stop, start and restart from the dashboard.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task StopAndStart_KeepTheDataOfTheRun_AndReportTheStates()
    {
        await using var app = await Application.StartHealthyAsync(["things", "broker", "store", "program"], Add);
        await app.SqlAsync("things", "create table notes (text text); insert into notes values ('kept')");
        await app.RedisAsync("store", redis => redis.StringSetAsync("note", "kept"));
        await app.BrokerAsync("broker", channel => channel.PublishAsync("notes", "kept"));
        string[] servers = ["database", "broker", "store"];
        var before = ProcessTree.Of([.. servers.Select(app.ScriptOf)]).Identities().ToArray();

        await Task.WhenAll(servers.Select(name => app.CommandAsync(name, KnownResourceCommands.StopCommand)));
        await Task.WhenAll(
            servers.Append("things").Select(
                name => app.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.TerminalStates, Application.Deadline)));
        await Eventually.TrueAsync(() => before.All(process => !process.IsAlive));
        Assert.All(servers, name => Assert.NotEqual(137, app.Snapshot(name).ExitCode));

        await Task.WhenAll(servers.Select(name => app.CommandAsync(name, KnownResourceCommands.StartCommand)));
        await Task.WhenAll(servers.Append("things").Select(app.HealthyAsync));

        Assert.Equal("kept", await app.SqlAsync("things", "select text from notes"));
        Assert.Equal("kept", await app.RedisAsync("store", async redis => (string?)await redis.StringGetAsync("note")));
        Assert.Equal("kept", await app.BrokerAsync("broker", channel => channel.TakeAsync("notes")));
    }

    [Fact]
    public async Task Restart_StartsWaitingResources()
    {
        await using var app = await Application.StartAsync(builder =>
        {
            var store = builder.AddRedis("store").RunAsProcess();
            builder.AddExecutable("program", "sh", ".", "-c", "exec sleep 1000").WaitFor(store);
        });
        await app.HealthyAsync("program");
        var before = app.ScriptOf("store");

        await app.CommandAsync("store", KnownResourceCommands.RestartCommand);
        await Eventually.TrueAsync(
            () => app.Snapshot("store").State?.Text == KnownResourceStates.Running && app.ScriptOf("store") != before);
        await app.CommandAsync("program", KnownResourceCommands.RestartCommand);

        await app.HealthyAsync("store");
        await app.HealthyAsync("program");
        Assert.True(await app.RedisAsync("store", redis => redis.StringSetAsync("key", "value")));
    }

    private static void Add(IDistributedApplicationBuilder builder)
    {
        var things = builder.AddPostgres("database").RunAsProcess().AddDatabase("things");
        var broker = builder.AddRabbitMQ("broker").RunAsProcess();
        var store = builder.AddRedis("store").RunAsProcess();
        builder.AddExecutable("program", "sh", ".", "-c", "exec sleep 1000").WaitFor(things).WaitFor(broker).WaitFor(store);
    }
}

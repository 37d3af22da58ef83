namespace Hosting.Processes.Tests.Volumes;

public sealed class VolumeTests
{
    private const string Fill = "create table notes (text text); insert into notes values ('kept')";

    [Fact]
    public async Task Volumes_InTheNextRun_HaveTheData_EvenWithNewPasswords()
    {
        using var volume = new TestVolume();
        await using (var first = await StartAsync(volume, "first-password"))
        {
            await first.SqlAsync("things", Fill);
            await first.RedisAsync("store", redis => redis.StringSetAsync("note", "kept"));
            await first.BrokerAsync("broker", channel => channel.PublishAsync("notes", "kept"));
        }

        await using var second = await StartAsync(volume, "second password's");

        Assert.Equal("kept", await second.SqlAsync("things", "select text from notes"));
        Assert.Equal("kept", await second.RedisAsync("store", async redis => (string?)await redis.StringGetAsync("note")));
        Assert.Equal("kept", await second.BrokerAsync("broker", channel => channel.TakeAsync("notes")));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(async () => await Clients.SqlAsync(
            (await second.ConnectionStringAsync("things")).Replace("second password's", "first-password", StringComparison.Ordinal),
            "select 1"));
    }

    [Fact]
    public async Task BindMount_KeepsTheDataInThatFolder_WhichTheFirstStartCreates()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data", "redis");
        await using (var first = await StartAsync())
        {
            await first.RedisAsync("store", redis => redis.StringSetAsync("note", "kept"));
        }

        Assert.NotEmpty(Directory.GetFiles(data));
        await using var second = await StartAsync();
        Assert.Equal("kept", await second.RedisAsync("store", async redis => (string?)await redis.StringGetAsync("note")));

        Task<DistributedApplication> StartAsync() =>
            Application.StartHealthyAsync(["store"], builder => builder.AddRedis("store").WithDataBindMount(data).RunAsProcess());
    }

    [Fact]
    public async Task Persistence_SetsIntervalAndThreshold()
    {
        await using var app = await Application.StartHealthyAsync(
            ["store"],
            builder => builder.AddRedis("store").WithPersistence(TimeSpan.FromSeconds(7), keysChangedThreshold: 3).RunAsProcess());

        Assert.Contains(
            "7 3",
            await app.RedisAsync("store", async redis => (string?)(await redis.ExecuteAsync("config", "get", "save"))[1]),
            StringComparison.Ordinal);
    }

    private static Task<DistributedApplication> StartAsync(TestVolume volume, string password) =>
        Application.StartHealthyAsync(["things", "broker", "store"], builder =>
    {
        var secret = builder.AddParameter("password", password, secret: true);
        builder.AddPostgres("database").WithPassword(secret).WithDataVolume($"{volume.Name}-postgres").RunAsProcess().AddDatabase("things");
        builder.AddRabbitMQ("broker", password: secret).WithDataVolume($"{volume.Name}-rabbitmq").RunAsProcess();
        builder.AddRedis("store").WithPassword(secret).WithDataVolume($"{volume.Name}-redis").RunAsProcess();
    });
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Aspire.Hosting.Testing;
using Npgsql;
using StackExchange.Redis;

namespace Embedded.Tests.Hosting;

public sealed class VolumeTests : IDisposable
{
    private readonly string _volume = $"test-{Guid.NewGuid():n}";

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Volume_NextRun_HasTheDataAgain_EvenWithANewPassword()
    {
        await using (var first = await StartAsync("first-password"))
        {
            await ExecuteAsync(first, "create table things (name text); insert into things values ('kept')");
            await using var redis = await ConnectionMultiplexer.ConnectAsync((await first.GetConnectionStringAsync("store", Deadline))!);
            await redis.GetDatabase().StringSetAsync("thing", "kept");
        }

        await using var second = await StartAsync("second-password");

        Assert.Equal("kept", await ExecuteAsync(second, "select name from things"));
        await using var again = await ConnectionMultiplexer.ConnectAsync((await second.GetConnectionStringAsync("store", Deadline))!);
        Assert.Equal("kept", (string?)await again.GetDatabase().StringGetAsync("thing"));
    }

    [Fact]
    public async Task Volume_OfARunningApplication_IsRefusedToAnother()
    {
        await using var first = await StartAsync("password");
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("store").WithDataVolume($"{_volume}-redis");
        await using var second = await builder.BuildAsync(Deadline);
        await second.StartAsync(Deadline);

        await second.ResourceNotifications.WaitForResourceAsync("store", "FailedToStart", Deadline);
    }

    [Fact]
    public async Task PersistentContainer_NextRun_HasTheDataAgain_WithoutAVolume()
    {
        var name = $"persistent-{Guid.NewGuid():n}"[..30];
        await using (var first = await StartAsync())
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync((await first.GetConnectionStringAsync(name, Deadline))!);
            await redis.GetDatabase().StringSetAsync("thing", "kept");
        }

        await using var second = await StartAsync();

        await using var again = await ConnectionMultiplexer.ConnectAsync((await second.GetConnectionStringAsync(name, Deadline))!);
        Assert.Equal("kept", (string?)await again.GetDatabase().StringGetAsync("thing"));
        Directory.Delete(Directory.GetDirectories(Path.Combine(DataHome.Path, "volumes"), $"*{name}*").Single(), recursive: true);

        async Task<DistributedApplication> StartAsync()
        {
            var builder = DistributedApplicationTestingBuilder.Create();
            builder.AddRedis(name).WithLifetime(ContainerLifetime.Persistent);
            var app = await builder.BuildAsync(Deadline);
            await app.StartAsync(Deadline);
            await app.ResourceNotifications.WaitForResourceHealthyAsync(name, Deadline);
            return app;
        }
    }

    [Fact]
    public async Task InitFiles_OfANewCluster_RunInOrder_AndOnlyOnce()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "1.sql"), "create table steps (name text);\n\\set who psql\ninsert into steps values (:'who');", Deadline);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "2.sh"), "echo \"insert into steps values ('$PGDATABASE')\" | psql -q", Deadline);

        for (var run = 0; run < 2; run++)
        {
            await using var app = await StartAsync();
            await using var source = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("database", Deadline))! + ";Database=postgres");
            await using var command = source.CreateCommand("select string_agg(name, ',') from steps");
            Assert.Equal("psql,postgres", await command.ExecuteScalarAsync(Deadline));
        }

        async Task<DistributedApplication> StartAsync()
        {
            var builder = DistributedApplicationTestingBuilder.Create();
            builder.AddPostgres("database").WithDataVolume($"{_volume}-init").WithInitFiles(folder.Path);
            var app = await builder.BuildAsync(Deadline);
            await app.StartAsync(Deadline);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("database", Deadline);
            return app;
        }
    }

    [Fact]
    public async Task InitFiles_ThatFail_FailTheStart_AndLeaveNoHalfMadeData()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "broken.sql"), "create table things (name text);\nselect * from nowhere;", Deadline);
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("database").WithDataVolume($"{_volume}-broken").WithInitFiles(folder.Path);
        await using var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);

        await app.ResourceNotifications.WaitForResourceAsync("database", "FailedToStart", Deadline);

        Assert.Contains("relation \"nowhere\" does not exist", await Consoles.ReadAsync(app, "database"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(DataHome.Path, "volumes", $"{_volume}-broken", "data", "pg")));
    }

    public void Dispose()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(DataHome.Path, "volumes"), $"{_volume}-*"))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<object?> ExecuteAsync(DistributedApplication app, string sql)
    {
        await using var source = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("things", Deadline))!);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Deadline);
    }

    private async Task<DistributedApplication> StartAsync(string password)
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var secret = builder.AddParameter("password", password, secret: true);
        builder.AddPostgres("database", password: secret).WithDataVolume($"{_volume}-postgres").AddDatabase("things");
        builder.AddRedis("store", password: secret).WithDataVolume($"{_volume}-redis").WithArgs("--appendonly", "yes", "--appendfsync", "always");
        var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);
        await Task.WhenAll(
            app.ResourceNotifications.WaitForResourceHealthyAsync("things", Deadline),
            app.ResourceNotifications.WaitForResourceHealthyAsync("store", Deadline));
        return app;
    }
}

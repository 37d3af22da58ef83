using Aspire.Hosting;
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

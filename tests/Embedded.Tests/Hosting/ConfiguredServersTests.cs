using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;
using StackExchange.Redis;

namespace Embedded.Tests.Hosting;

/// <summary>Servers that are told more than their names.</summary>
public sealed class ConfiguredServersTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_WithTheirOwnUserPasswordPortAndScript_KeepToThem()
    {
        using var folder = new TemporaryFolder();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var key = builder.AddParameter("key", "own/password", secret: true);
        builder.AddPostgres("database").WithUserName(builder.AddParameter("user", "owner")).WithPassword(key)
            .AddDatabase("things", "Things").WithCreationScript("create database \"Things\" connection limit 7");
        builder.AddRedis("store").WithPassword(null).WithHostPort(16399).WithDataBindMount(folder.Path);
        builder.AddRedis("locked").WithPassword(key);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        foreach (var name in builder.Resources.OfType<IResourceWithWaitSupport>().Select(server => server.Name).Append("things"))
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(name, Deadline);
        }

        await using var source = NpgsqlDataSource.Create((await application.GetConnectionStringAsync("things", Deadline))!);
        await using var command = source.CreateCommand("select current_user || ' ' || datconnlimit from pg_database where datname = current_database()");
        Assert.Equal("owner 7", await command.ExecuteScalarAsync(Deadline));
        var open = (await application.GetConnectionStringAsync("store", Deadline))!;
        await using var store = await ConnectionMultiplexer.ConnectAsync($"{open},allowAdmin=true");
        Assert.Matches("^localhost:\\d+$", open);
        Assert.Equal(Path.Combine(folder.Path, "data"), (await store.GetServers()[0].ConfigGetAsync("dir")).Single().Value);
        await using var locked = await ConnectionMultiplexer.ConnectAsync((await application.GetConnectionStringAsync("locked", Deadline))!);
        Assert.True(locked.IsConnected);
    }
}

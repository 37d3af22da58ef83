using Aspire.Hosting;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Embedded.Tests.Hosting;

/// <summary>Volumes in a bad state: the message says what is wrong, and nothing in them is lost.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly string _volume = $"test-{Guid.NewGuid():n}";

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    private string Cluster => Path.Combine(DataHome.Path, "volumes", _volume, "data", "pg");

    [Fact]
    public async Task DataOfAnotherMajorVersion_IsRefusedWithBothVersions_AndKept()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "9\n", Deadline);

        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("database", "FailedToStart", Deadline);

        Assert.Matches("is of PostgreSQL 9, but PostgreSQL \\d+.* is installed", await Consoles.ReadAsync(app, "database"));
        Assert.Equal(["PG_VERSION"], Directory.GetFileSystemEntries(Cluster).Select(Path.GetFileName));
    }

    [Fact]
    public async Task PidFileOfADeadServer_WhoseNumberIsAnothers_IsForgotten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await RunOnceAsync("create table things (name text); insert into things values ('kept')");
        await File.WriteAllTextAsync(
            Path.Combine(Cluster, "postmaster.pid"), $"{Environment.ProcessId}\n{Cluster}\n1\n5432\n\n127.0.0.1\n", Deadline);

        Assert.Equal("kept", await RunOnceAsync("select name from things"));
    }

    [Fact]
    public async Task PidFileOfALivingServer_IsRefusedWithItsNumber()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await RunOnceAsync("select 1");
        await using var other = await StartAsync($"{_volume}-other");
        var healthy = await other.ResourceNotifications.WaitForResourceHealthyAsync("database", Deadline);
        var living = healthy.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
        var file = Path.Combine(Cluster, "postmaster.pid");
        await File.WriteAllTextAsync(file, $"{living}\n", Deadline);

        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("database", "FailedToStart", Deadline);

        Assert.Contains($"is in use by another PostgreSQL server, process {living}", await Consoles.ReadAsync(app, "database"), StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task FullDisk_IsSaid_AndLeavesNoHalfMadeData()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(DataHome.IsRoot && await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m,mode=0755", "tmpfs", folder.Path) == 0, "Needs the right to mount.");
        try
        {
            await using var builder = DistributedApplicationTestingBuilder.Create();
            builder.AddPostgres("database").WithDataBindMount(folder.Path);
            await using var app = await builder.BuildAsync(Deadline);
            await app.StartAsync(Deadline);
            await app.ResourceNotifications.WaitForResourceAsync("database", "FailedToStart", Deadline);

            Assert.Contains("No space left on device", await Consoles.ReadAsync(app, "database"), StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(folder.Path, "data", "pg")));
        }
        finally
        {
            await RunAsync("umount", folder.Path);
        }
    }

    public void Dispose() => KillableAppHost.DeleteVolumes(_volume);

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(Programs.FindOnPath(program)!, arguments);
        await process.WaitForExitAsync(Deadline);
        return process.ExitCode;
    }

    private async Task<object?> RunOnceAsync(string sql)
    {
        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("database", Deadline);
        await using var source = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("database", Deadline))! + ";Database=postgres");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Deadline);
    }

    private async Task<DistributedApplication> StartAsync(string? volume = null)
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("database", password: builder.AddParameter("password", "the-same-each-time")).WithDataVolume(volume ?? _volume);
        var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);
        return app;
    }
}

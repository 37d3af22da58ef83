using Hosting.Processes.Data;
using Hosting.Processes.Installation;

namespace Hosting.Processes.Tests.Volumes;

/// <summary>Volumes in a bad state: the message has the reason, and no data is lost.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly TestVolume _volume = new();

    private string Cluster => Path.Combine(_volume.Path, "pg");

    [Fact]
    public async Task DataOfAnotherMajorVersion_IsRefusedWithBothVersions()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "9\n", Application.Deadline);

        Assert.Matches("is of PostgreSQL 9, but PostgreSQL \\d+ is installed", await Application.RefusalAsync("database", Add));

        Assert.Equal(["PG_VERSION"], Directory.GetFileSystemEntries(Cluster).Select(Path.GetFileName));
    }

    [Fact]
    public async Task FolderWithoutPostgresData_IsRefused()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "thesis.txt"), "years of work", Application.Deadline);

        Assert.Contains("has no PG_VERSION", await Application.RefusalAsync("database", Add), StringComparison.Ordinal);

        Assert.Equal("years of work", await File.ReadAllTextAsync(Path.Combine(Cluster, "thesis.txt"), Application.Deadline));
    }

    [Fact(Explicit = true)]
    public async Task Cluster_DamagedOrInUse_IsCheckedBeforeItIsChanged()
    {
        await RunOnceAsync("create table notes (text text); insert into notes values ('kept')");

        // The id belongs to a process that is not a PostgreSQL server: the server that wrote this file has ended.
        await WritePidFileAsync(Environment.ProcessId);
        Assert.Equal("kept", await RunOnceAsync("select text from notes"));

        await using (var other = await Application.StartHealthyAsync(["other"], builder => builder.AddPostgres("other").RunAsProcess()))
        {
            var living = ProcessTree.Of(other.ScriptOf("other"))
                .First(stat => stat.Name == "postgres" && stat.Id != other.ScriptOf("other")).Id;
            await WritePidFileAsync(living);
            Assert.Contains(
                $"is in use by another PostgreSQL server, process {living}",
                await Application.RefusalAsync("database", Add),
                StringComparison.Ordinal);
            Assert.True(File.Exists(PidFile));
        }

        var control = Path.Combine(Cluster, "global", "pg_control");
        File.Move(control, $"{control}.away");
        Assert.Contains("global/pg_control is missing", await Application.RefusalAsync("database", Add), StringComparison.Ordinal);
        File.Move($"{control}.away", control);
        Assert.Equal("kept", await RunOnceAsync("select text from notes"));
    }

    [Fact]
    public async Task FullDisk_IsReported_AndLeavesNoPartialData()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(
            DataHome.IsRoot && await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m,mode=0755", "tmpfs", folder.Path) == 0,
            "Needs the right to mount.");
        try
        {
            var console = await Application.RefusalAsync(
                "database", builder => builder.AddPostgres("database").WithDataBindMount(folder.Path).RunAsProcess());

            Assert.Contains("No space left on device", console, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(folder.Path, "pg")));
        }
        finally
        {
            await RunAsync("umount", folder.Path);
        }
    }

    [Fact]
    public async Task ReadOnlyDisk_IsReported()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(
            DataHome.IsRoot && await RunAsync("mount", "-t", "tmpfs", "-o", "ro,mode=0755", "tmpfs", folder.Path) == 0,
            "Needs the right to mount.");
        try
        {
            var console = await Application.RefusalAsync(
                "store", builder => builder.AddRedis("store").WithDataBindMount(folder.Path).RunAsProcess());

            Assert.Contains($"The data folder '{folder.Path}' cannot be written by", console, StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync("umount", folder.Path);
        }
    }

    [Fact]
    public async Task FolderBelowAPrivateFolder_IsReportedToRoot()
    {
        Assert.SkipUnless(DataHome.IsRoot, "Servers run as AppHost's own user.");
        using var folder = new TemporaryFolder();
        var hidden = Directory.CreateDirectory(
            Path.Combine(folder.Path, "hidden"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var data = Directory.CreateDirectory(Path.Combine(hidden, "data")).FullName;

        var console = await Application.RefusalAsync("store", builder => builder.AddRedis("store").WithDataBindMount(data).RunAsProcess());

        Assert.Contains($"cannot enter the data folder '{data}'", console, StringComparison.Ordinal);
    }

    public void Dispose() => _volume.Dispose();

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    private void Add(IDistributedApplicationBuilder builder) =>
        builder.AddPostgres("database", password: builder.AddParameter("password", "the-same-each-time"))
            .WithDataVolume(_volume)
            .RunAsProcess();

    private async Task<object?> RunOnceAsync(string sql)
    {
        await using var app = await Application.StartHealthyAsync(["database"], Add);
        return await app.SqlAsync("database", sql);
    }

    private Task WritePidFileAsync(int process) =>
        File.WriteAllTextAsync(PidFile, $"{process}\n{Cluster}\n1\n5432\n\n127.0.0.1\n", Application.Deadline);

    private static async Task<int> RunAsync(string program, params string[] arguments) =>
        (await Cli.Wrap(Programs.FindOnPath(program)!)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(Application.Deadline)).ExitCode;
}

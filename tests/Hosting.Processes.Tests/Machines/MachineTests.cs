using System.Diagnostics;
using System.Reflection;
using Hosting.Processes.Data;
using Hosting.Processes.Installation;
using Hosting.Processes.Tests.Killed;

namespace Hosting.Processes.Tests.Machines;

/// <summary>AppHost on machines and as users that are unlike the usual.</summary>
public sealed class MachineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Explicit = true)]
    public async Task OddPaths_Work_AndLeaveNoLinks()
    {
        var home = Directory.CreateDirectory(Path.Combine(_folder.Path, "große Daten – 数据")).FullName;
        var program = Directory.CreateDirectory(Path.Combine(_folder.Path, "my App – 程序")).FullName;
        Open(home);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Probe.Assembly)!))
        {
            File.CreateSymbolicLink(Path.Combine(program, Path.GetFileName(file)), file);
        }

        using var probe = await Probe.StartHealthyAsync(home, ["--Volume", "große Daten"], start =>
        {
            start.WorkingDirectory = program;
            start.ArgumentList[0] = Path.Combine(program, "ProcessesProbe.dll");
        });
        Assert.NotEmpty(LinksTo(home));

        Assert.Equal(0, await probe.StopAsync());
        Assert.Empty(Directory.GetDirectories(probe.Runs));
        Assert.Empty(LinksTo(home));
        Assert.Equal(
            ["große Daten-postgres", "große Daten-rabbitmq", "große Daten-redis"],
            Directory.GetDirectories(Path.Combine(home, "aspire-processes", "volumes"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
    }

    [Fact(Explicit = true)]
    public Task NoHome_Works_AndIsReported() => WorksWithHomeAsync(null);

    [Fact(Explicit = true)]
    public Task HomeThatCannotBeWritten_Works_AndIsReported() => WorksWithHomeAsync("/proc/nonexistent");

    private async Task WorksWithHomeAsync(string? home)
    {
        using var probe = await Probe.StartHealthyAsync(_folder.Path, [], start =>
        {
            start.Environment["HOME"] = home;
            start.Environment["DOTNET_USER_SECRETS_FALLBACK_DIR"] = _folder.Path;
        });

        Assert.Contains("HOME is not set or cannot be written", probe.Output, StringComparison.Ordinal);
        Assert.Equal(0, await probe.StopAsync());
    }

    [Fact(Explicit = true)]
    public async Task FewOpenFiles_AreEnough()
    {
        using var probe = await Probe.StartHealthyAsync(
            _folder.Path, [], start => Wrap(start, "sh", "-c", "ulimit -S -n 256; exec \"$@\"", "sh"));

        Assert.Equal(0, await probe.StopAsync());
    }

    [Fact]
    public async Task OrdinaryUser_Works() => await WorksAsNobodyAsync(mounts: "");

    [Fact(Explicit = true)]
    public async Task OrdinaryUser_WithBusyBoxToolsAndNoFlock_Works()
    {
        const string Tools = "sh df awk sed id chown mktemp head tail grep sort cmp dirname basename ls rm mkdir cat sleep";
        Assert.SkipWhen(Programs.FindOnPath("busybox") is null, "Needs busybox.");
        await WorksAsNobodyAsync($"for tool in {Tools}; do mount --bind /usr/bin/busybox \"$(readlink -f \"$(command -v $tool)\")\"; done; "
            + "for tool in flock setpriv; do mount --bind /dev/null \"$(command -v $tool)\"; done; ");
    }

    // The su of BusyBox becomes the program that it runs; others stay its parent.
    [Fact(Explicit = true)]
    public async Task Root_WithBusyBoxSuAndNoSetpriv_Works()
    {
        Assert.SkipUnless(DataHome.IsRoot && Programs.FindOnPath("unshare") is not null, "Only root starts servers as other users.");
        var become = Path.Combine(_folder.Path, "become");
        File.Copy(Programs.FindOnPath("setpriv")!, become);
        var su = _folder.Write(
            "su",
            $"#!/bin/sh\nshift 3; user=$1; shift\nexec '{become}' --reuid $user --regid $(id -g $user) --init-groups -- /bin/sh \"$@\"\n");
        File.SetUnixFileMode(su, File.GetUnixFileMode(become));
        using var probe = await Probe.StartHealthyAsync(
            _folder.Path, ["--Volume", "kept"],
            start => Wrap(
                start, "unshare", "-m", "sh", "-c",
                $"mount --bind '{su}' \"$(command -v su)\"; mount --bind /dev/null \"$(command -v setpriv)\"; exec \"$@\"", "sh"));

        Assert.Equal(0, await probe.StopAsync());
        Assert.Empty(Directory.GetDirectories(probe.Runs));
    }

    [Fact]
    public async Task MissingServers_ForAnOrdinaryUser_AreReportedWithTheCommand()
    {
        Assert.SkipWhen(Programs.FindOnPath("apt-get") is null, "Needs Debian.");
        using var probe = StartAsNobody(HideServers());

        await RefusesAsync(probe, "sudo apt-get install -y postgresql redis-server");
        Assert.NotEqual(0, probe.Process.ExitCode);
    }

    [Fact]
    public async Task MissingServers_ForRootAtATerminal_AreReportedWithTheCommand_AlsoIfTheOutputIsPiped()
    {
        Assert.SkipWhen(Programs.FindOnPath("apt-get") is null || Programs.FindOnPath("script") is null, "Needs Debian and 'script'.");
        Assert.SkipUnless(DataHome.IsRoot && Programs.FindOnPath("unshare") is not null, "Only root installs packages.");
        using var probe = Probe.Start(
            _folder.Path, [],
            start => Wrap(start, "unshare", "-m", "sh", "-c", $"{HideServers()}exec script -qec \"$* | cat\" /dev/null", "sh"));

        await RefusesAsync(probe, "apt-get install -y postgresql redis-server");
    }

    [Fact]
    public async Task MissingUsers_ForRoot_AreReported_AndNoServerRunsAsRoot()
    {
        Assert.SkipUnless(DataHome.IsRoot && Programs.FindOnPath("unshare") is not null, "Only root starts servers as other users.");
        var users = Path.Combine(_folder.Path, "passwd");
        await File.WriteAllTextAsync(users, "root:x:0:0:root:/root:/bin/sh\n", Application.Deadline);
        using var probe = Probe.Start(
            _folder.Path, [],
            start => Wrap(start, "unshare", "-m", "sh", "-c", $"mount --bind '{users}' /etc/passwd; exec \"$@\"", "sh"));

        string[] refusals =
        [
            "PostgreSQL does not run as root, and none of the users postgres, nobody exists.",
            "RabbitMQ does not run as root, and none of the users rabbitmq, nobody exists.",
            "Redis does not run as root, and none of the users redis, valkey, nobody exists. Create one (useradd --system redis)",
        ];
        await Eventually.TrueAsync(
            () => Task.FromResult(refusals.All(refusal => probe.Output.Contains(refusal, StringComparison.Ordinal))),
            () => probe.Output, Probe.Patience);
        Assert.Empty(probe.Scripts());
        await probe.InterruptAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static string Orchestrator =>
        typeof(MachineTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "dcpclipath").Value!;

    private string HideServers()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;
        return $"mount --bind '{empty}' /usr/lib/postgresql; "
            + "for file in $(command -v redis-server valkey-server); do mount --bind /dev/null $file; done; ";
    }

    private static async Task RefusesAsync(Probe probe, string command)
    {
        await probe.Process.WaitForExitAsync(Application.Deadline);
        await Eventually.TrueAsync(() => probe.Output.Contains(
            $"PostgreSQL, Redis are not installed, and no container runtime is used. Type: {command}", StringComparison.Ordinal));
    }

    private async Task WorksAsNobodyAsync(string mounts)
    {
        using var probe = StartAsNobody(mounts);
        await probe.HealthyAsync();

        Assert.All(probe.Scripts(), script => Assert.Equal(65534, ProcessTree.UserOf(script)));
        Assert.Equal(0, await probe.StopAsync());
        Assert.Empty(Directory.GetDirectories(probe.Runs));
    }

    // The probe runs in its own mount namespace, so only it sees the mounts. It gets a copy of the orchestrator, which is in root's home
    // and which only root can run.
    private Probe StartAsNobody(string mounts)
    {
        Assert.SkipUnless(DataHome.IsRoot && Programs.FindOnPath("unshare") is not null, "Only root can become another user.");
        var home = Directory.CreateDirectory(Path.Combine(_folder.Path, "home")).FullName;
        var orchestrator = Directory.CreateDirectory(Path.Combine(_folder.Path, "orchestrator")).FullName;
        var become = Path.Combine(_folder.Path, "become");
        File.Copy(Programs.FindOnPath("setpriv")!, become);
        var prepare = $"cp '{Path.GetDirectoryName(Orchestrator)}'/dcp* '{orchestrator}'; chmod a+rx '{orchestrator}'/*; "
            + $"chown nobody '{home}'; {mounts} exec '{become}' --reuid nobody --regid nogroup --clear-groups -- \"$@\"";
        return Probe.Start(home, ["--Volume", "kept", "--DcpPublisher:CliPath", Path.Combine(orchestrator, "dcp")], start =>
        {
            start.Environment["HOME"] = home;
            Wrap(start, "unshare", "-m", "sh", "-c", prepare, "sh");
        });
    }

    private static void Wrap(ProcessStartInfo start, params string[] words)
    {
        string[] line = [.. words, start.FileName, .. start.ArgumentList];
        start.FileName = Programs.FindOnPath(line[0])!;
        start.ArgumentList.Clear();
        foreach (var word in line[1..])
        {
            start.ArgumentList.Add(word);
        }
    }

    private static IEnumerable<string> LinksTo(string folder) => Directory.EnumerateFileSystemEntries("/tmp", "aspire-processes-link-*")
        .Where(link => new FileInfo(link).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true);

    private static void Open(string folder) => File.SetUnixFileMode(
        folder,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
}

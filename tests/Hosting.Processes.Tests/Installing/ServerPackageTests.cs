using Hosting.Processes.Installation;

namespace Hosting.Processes.Tests.Installing;

/// <summary>The choice among installed servers, for the folder layouts of the supported systems.</summary>
public sealed class ServerPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("opt/postgresql@15/bin", "opt/postgresql@15/share", "opt/postgresql@17/bin", "opt/postgresql@17/share", "opt")] // Homebrew
    [InlineData("libexec/postgresql15", "share/postgresql15", "libexec/postgresql17", "share/postgresql17", "libexec")] // Alpine
    [InlineData("postgresql/15/bin", "postgresql/15/share", "postgresql/17/bin", "postgresql/17/share", "postgresql")] // Debian
    public void Postgres_InTwoMajorVersions_IsTheNewest_UnlessTheDataNeedsTheOther(
        string older, string olderShare, string newer, string newerShare, string root)
    {
        var (oldest, newest) = (Install(older, olderShare), Install(newer, newerShare));
        string[] roots = [Path.Combine(_folder.Path, root)];

        Assert.Equal(newest, ServerPackage.FindPostgres(majorVersion: null, roots));
        Assert.Equal(oldest, ServerPackage.FindPostgres("15", roots));
        Assert.Equal(newest, ServerPackage.FindPostgres("14", roots));
    }

    [Fact]
    public void Postgres_WithoutItsShareFolder_IsNotFound()
    {
        var bin = Install("opt/postgresql@99/bin", "elsewhere");

        Assert.NotEqual(bin, ServerPackage.FindPostgres(majorVersion: null, [Path.Combine(_folder.Path, "opt")]));
    }

    [Fact]
    public void Program_BehindABrokenLink_IsNotFound()
    {
        var link = Path.Combine(_folder.Path, "initdb");
        File.CreateSymbolicLink(link, Path.Combine(_folder.Path, "gone"));

        Assert.False(Programs.IsExecutable(link));
    }

    [Fact]
    public void ServersOfThisMachine_AreFoundWithAllPrograms()
    {
        Assert.True(Programs.IsExecutable(Path.Combine(ServerPackage.Postgres.Find()!, "initdb")));
        Assert.True(Programs.IsExecutable(ServerPackage.RabbitMQ.Find()!));
        Assert.True(Programs.IsExecutable(ServerPackage.Redis.Find()!));
    }

    public void Dispose() => _folder.Dispose();

    private string Install(string bin, string share)
    {
        foreach (var program in (string[])["initdb", "postgres", "pg_ctl"])
        {
            File.SetUnixFileMode(_folder.Write($"{bin}/{program}", "#!/bin/sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _folder.Write($"{share}/postgres.bki", "");
        return Path.Combine(_folder.Path, bin);
    }
}

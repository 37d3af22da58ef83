using System.Runtime.Versioning;
using Aspire.Hosting.Installation;

namespace Embedded.Tests.Hosting;

/// <summary>Which of the installed servers is taken.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ServerPackageTests
{
    [Fact]
    public void Postgres_OfTwoMajorVersions_IsTheNewest_UnlessDataIsOfTheOther()
    {
        using var folder = new TemporaryFolder();
        var older = Install(folder, "postgresql@15");
        var newer = Install(folder, "postgresql@17");

        Assert.Equal(newer, ServerPackage.FindPostgres(majorVersion: null, [folder.Path]));
        Assert.Equal(older, ServerPackage.FindPostgres("15", [folder.Path]));
        Assert.Equal(newer, ServerPackage.FindPostgres("14", [folder.Path]));
    }

    private static string Install(TemporaryFolder folder, string name)
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder.Path, name, "bin")).FullName;
        foreach (var program in new[] { "initdb", "postgres", "pg_ctl" })
        {
            File.WriteAllText(Path.Combine(bin, program), "#!/bin/sh");
            File.SetUnixFileMode(Path.Combine(bin, program), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var share = Directory.CreateDirectory(Path.Combine(folder.Path, name, "share")).FullName;
        File.WriteAllText(Path.Combine(share, "postgres.bki"), "");
        return bin;
    }
}

using System.IO.Compression;
using System.Text;
using Hosting.Processes.Data;

namespace Hosting.Processes.Tests.Volumes;

public sealed class InitialFileTests
{
    [Fact]
    public async Task InitFiles_RunInOrder_AsTheServersUser_InTheDatabaseOfTheModel()
    {
        using var folder = new TemporaryFolder();
        folder.Write("1.sql", "create table notes (text text);");
        folder.Write("2.sh", """
            #!/bin/bash
            words=(from a script)
            psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
              -c "insert into notes values ('${words[*]} of user $(id -u)')"

            """);
        folder.Write("3.txt", "not for PostgreSQL");
        await WriteAsync(folder, "4.sql.gz", Pack("update notes set text = text || ', updated'"));

        await using var app = await Application.StartHealthyAsync(["database"], builder =>
            builder.AddPostgres("database").WithEnvironment("POSTGRES_DB", "notebook").WithInitFiles(folder.Path).RunAsProcess());

        var text = await Clients.SqlAsync($"{await app.ConnectionStringAsync("database")};Database=notebook", "select text from notes");

        // The server itself: its children end with their connections.
        var server = ProcessTree.Of(app.ScriptOf("database"))
            .First(stat => ProcStat.CommandLineOf(stat.Id) is [var program, ..] && Path.GetFileName(program) == "postgres");
        var user = ProcessTree.UserOf(server.Id);
        Assert.Equal($"from a script of user {user}, updated", text);
    }

    [Fact]
    public async Task FailingInitFile_IsNamed_AndTheNextStartRunsAllAgain()
    {
        using var volume = new TestVolume();
        using var folder = new TemporaryFolder();
        folder.Write("1.sql", "create table notes (text text);");
        var broken = folder.Write("2.sql", "insert into nowhere values (1);");

        var console = await Application.RefusalAsync("database", Add);

        Assert.Contains("relation \"nowhere\" does not exist", console, StringComparison.Ordinal);
        Assert.Contains("The initial file '2.sql' failed", console, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(volume.Path, "pg")));
        await File.WriteAllTextAsync(broken, "insert into notes values ('mended');", Application.Deadline);
        await using var app = await Application.StartHealthyAsync(["database"], Add);
        Assert.Equal(
            "mended", await Clients.SqlAsync($"{await app.ConnectionStringAsync("database")};Database=postgres", "select text from notes"));

        void Add(IDistributedApplicationBuilder builder) =>
            builder.AddPostgres("database").WithDataVolume(volume).WithInitFiles(folder.Path).RunAsProcess();
    }

    [Fact(Explicit = true)]
    public async Task TruncatedInitFile_IsNamed_AndNothingOfItCounts()
    {
        using var volume = new TestVolume();
        using var folder = new TemporaryFolder();
        var dump = Pack("create table notes (text text); insert into notes values ('whole');");
        await WriteAsync(folder, "dump.sql.gz", dump[..^8]); // Without its checksum, but with all statements.

        var console = await Application.RefusalAsync("database", Add);

        Assert.Contains("The initial file 'dump.sql.gz' failed", console, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(volume.Path, "pg")));
        await WriteAsync(folder, "dump.sql.gz", dump);
        await using var app = await Application.StartHealthyAsync(["database"], Add);
        Assert.Equal(
            "whole", await Clients.SqlAsync($"{await app.ConnectionStringAsync("database")};Database=postgres", "select text from notes"));

        void Add(IDistributedApplicationBuilder builder) =>
            builder.AddPostgres("database").WithDataVolume(volume).WithInitFiles(folder.Path).RunAsProcess();
    }

    private static byte[] Pack(string sql)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes(sql));
        }

        return packed.ToArray();
    }

    private static Task WriteAsync(TemporaryFolder folder, string name, byte[] content) =>
        File.WriteAllBytesAsync(Path.Combine(folder.Path, name), content, Application.Deadline);
}

using Hosting.Processes.Installation;
using Hosting.Processes.Servers;

namespace Hosting.Processes.Tests.Installing;

/// <summary>Where RabbitMQ looks for its modules.</summary>
public sealed class ErlangCodePathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Server => Path.Combine(_folder.Path, "server", "sbin", "rabbitmq-server");

    private string Erlang => Path.Combine(_folder.Path, "erlang", "bin", "erl");

    [Fact]
    public void Plugins_AreTheEnabledOnes_AndTheirDependencies()
    {
        LayOut();

        var found = ErlangCodePath.Find(Server, Erlang, ["rabbitmq_management"]);

        Assert.NotNull(found);
        Assert.Equal(["cowboy-2.8.0", "rabbit-3.10.8", "rabbitmq_management-3.10.8"], Names(found.Plugins));
        Assert.Equal(["rabbit-3.10.8"], Names(ErlangCodePath.Find(Server, Erlang, [])!.Plugins));
    }

    [Fact]
    public void Modules_AreSearchedOnlyInTheNeededFolders()
    {
        LayOut();

        var found = ErlangCodePath.Find(Server, Erlang, ["rabbitmq_management"]);

        Assert.NotNull(found);
        Assert.All(found.Modules, folder => Assert.Equal("ebin", Path.GetFileName(folder)));
        Assert.Equal(
            ["cowboy-2.8.0", "kernel-8.5.3", "ra-2.2.0", "rabbit-3.10.8", "rabbitmq_management-3.10.8", "rabbitmq_prelaunch-3.10.8"],
            Names(found.Modules.Select(folder => Path.GetDirectoryName(folder)!)));
    }

    [Fact]
    public void ApplicationInTwoVersions_IsLeftOut()
    {
        LayOut();
        Add("erlang/lib", "kernel", "9.0");

        var found = ErlangCodePath.Find(Server, Erlang, []);

        Assert.NotNull(found);
        Assert.DoesNotContain(found.Modules, folder => folder.Contains("kernel", StringComparison.Ordinal));
    }

    [Fact]
    public void UnusualLayout_HasNoCodePath()
    {
        LayOut();
        Assert.Null(ErlangCodePath.Find(Server, null, []));
        Assert.Null(ErlangCodePath.Find(Server, Server, []));
        Assert.Null(ErlangCodePath.Find(Erlang, Erlang, []));
        Assert.Null(ErlangCodePath.Find(Server, Erlang, ["rabbitmq_unknown"]));

        Add("server/plugins", "rabbit_archive", "1.0 beta", "rabbit");
        Assert.NotNull(ErlangCodePath.Find(Server, Erlang, []));
        Assert.Null(ErlangCodePath.Find(Server, Erlang, ["rabbit_archive"]));
    }

    [Fact]
    public void ServerOfThisMachine_HasACodePath()
    {
        Assert.SkipUnless(File.Exists("/etc/debian_version"), "Where others put it is not known.");

        var found = ErlangCodePath.Find(ServerPackage.RabbitMQ.Find()!, Programs.FindOnPath("erl"), ["rabbitmq_management"]);

        Assert.NotNull(found);
        Assert.InRange(found.Plugins.Count, 4, 15);
        Assert.All(found.Modules, folder => Assert.NotEmpty(Directory.EnumerateFiles(folder, "*.beam")));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Names(IEnumerable<string> folders) =>
        folders.Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    private void LayOut()
    {
        Add("server/plugins", "rabbit", "3.10.8", "kernel", "ra");
        Add("server/plugins", "ra", "2.2.0", "kernel");
        Add("server/plugins", "rabbitmq_prelaunch", "3.10.8", "kernel");
        Add("server/plugins", "rabbitmq_management", "3.10.8", "rabbit", "ra", "cowboy");
        Add("server/plugins", "cowboy", "2.8.0", "kernel");
        Add("server/plugins", "rabbitmq_shovel", "3.10.8", "rabbit");
        Add("erlang/lib", "kernel", "8.5.3");
        Add("erlang/lib", "megaco", "4.4");
        foreach (var program in new[] { Server, Erlang })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(program)!);
            File.WriteAllText(program, "");
        }
    }

    private void Add(string folder, string name, string version, params string[] needs)
    {
        var code = Path.Combine(_folder.Path, folder, $"{name}-{version}", "ebin");
        Directory.CreateDirectory(code);
        File.WriteAllText(
            Path.Combine(code, $"{name}.app"),
            $$"""
            {application, {{name}}, [
              {vsn, "{{version}}"},
              {modules, [{{name}}]},
              {applications, [{{string.Join(",\n    ", needs)}}]}]}.

            """);
    }
}

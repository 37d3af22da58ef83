using Hosting.Processes.Model;

namespace Hosting.Processes.Tests.Volumes;

/// <summary>
/// The folders that RabbitMQ leaves behind when it is killed during a schema upgrade. The script runs with a fake broker that exits at
/// once.
/// </summary>
public sealed class InterruptedUpgradeTests : IDisposable
{
    private const string Node = "broker@localhost";

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data", Node);

    private string Backup => $"{Data}-upgrade-backup";

    [Fact(Explicit = true)]
    public async Task InterruptedUpgrade_IsRolledBackFromTheBackup_AndItsDataIsKept()
    {
        Write(Data, ("schema_upgrade_lock", ""), ("schema", "half"));
        Write(Backup, ("schema", "whole"));

        await RunScriptAsync();

        Assert.Equal("whole", await ReadAsync(Data));
        Assert.Equal("half", await ReadAsync($"{Data}-interrupted"));
        Assert.False(Directory.Exists(Backup));
    }

    [Fact(Explicit = true)]
    public async Task LockWithoutABackup_IsRemoved()
    {
        Write(Data, ("schema_upgrade_lock", ""), ("schema", "whole"));

        await RunScriptAsync();

        Assert.Equal(["schema"], Directory.GetFiles(Data).Select(Path.GetFileName));
    }

    [Fact(Explicit = true)]
    public async Task IncompleteBackup_IsRemoved_AndTheDataIsKept()
    {
        Write(Data, ("schema", "whole"));
        Write(Backup, ("part", "half"));

        await RunScriptAsync();

        Assert.False(Directory.Exists(Backup));
        Assert.Equal("whole", await ReadAsync(Data));
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunScriptAsync()
    {
        var run = Directory.CreateDirectory(Path.Combine(_folder.Path, "run", "broker")).FullName;
        Script.Write(run, "rabbitmq");
        var broker = _folder.Write("broker", "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(broker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Cli.Wrap(Path.Combine(run, "rabbitmq"))
            .WithEnvironmentVariables(new Dictionary<string, string?>
            {
                ["ASPIRE_SERVER_NAME"] = "broker",
                ["ASPIRE_SERVER_RUN"] = run,
                ["ASPIRE_SERVER_RUN_FOLDER"] = run,
                ["ASPIRE_SERVER_DATA"] = Path.Combine(_folder.Path, "data"),
                ["ASPIRE_SERVER_KEEP"] = "1",
                ["ASPIRE_SERVER_USER"] = "",
                ["ASPIRE_SERVER_OWNER"] = $"{Environment.ProcessId}",
                ["ASPIRE_SERVER_BIN"] = broker,
                ["ASPIRE_SERVER_PORT"] = "0",
                ["ASPIRE_SERVER_DIST_PORT"] = "0",
                ["ASPIRE_SERVER_EPMD_PORT"] = "0",
            })
            .ExecuteBufferedAsync(Application.Deadline);
    }

    private static Task<string> ReadAsync(string folder) => File.ReadAllTextAsync(Path.Combine(folder, "schema"), Application.Deadline);

    private static void Write(string folder, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Hosting.Processes.Data;

/// <summary>
/// The folder of one run of AppHost: scripts, configuration and the data that goes with the run, one folder per server. The scripts remove
/// their folders when the run is over (<c>clean_up</c> in <c>Scripts/common</c>); the next run removes what was left behind.
/// </summary>
internal sealed class RunFolder
{
    private const string OwnerFile = "owner";
    private const string LockFile = "lock";
    private const string StoppingFile = "stopping";
    private const string PidFile = "pid";

    private readonly string _path;

    private RunFolder(string path) => _path = path;

    public static RunFolder Create()
    {
        RemoveAbandoned();
        var path = DataHome.Create(System.IO.Path.Combine(DataHome.Runs, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))));
        File.WriteAllText(System.IO.Path.Combine(path, OwnerFile), ProcessIdentity.Current.ToString());
        return new RunFolder(path);
    }

    /// <summary>The folder of one server in this run.</summary>
    public string FolderOf(string server) => DataHome.Create(System.IO.Path.Combine(_path, server));

    /// <summary>From now on a server that ends removes its folder, and the last one that of the run. Folders of servers that do not run are removed now.</summary>
    public void MarkStopping()
    {
        try
        {
            File.WriteAllText(System.IO.Path.Combine(_path, StoppingFile), "");
            foreach (var folder in Directory.EnumerateDirectories(_path).Where(folder => !IsRunning(folder)))
            {
                Directory.Delete(folder, recursive: true);
            }

            if (!Directory.EnumerateDirectories(_path).Any())
            {
                TryRemove(_path);
            }
        }
        catch (IOException)
        {
            // A script that has ended removes its folder at this moment.
        }
    }

    private static void RemoveAbandoned()
    {
        if (!Directory.Exists(DataHome.Runs))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(DataHome.Runs).Where(IsAbandoned))
        {
            StopServers(folder);
            TryRemove(folder);
        }
    }

    // A folder without an owner is just being created, or was left half created long ago.
    private static bool IsAbandoned(string folder)
    {
        try
        {
            var owner = System.IO.Path.Combine(folder, OwnerFile);
            return File.Exists(owner)
                ? ProcessIdentity.Parse(File.ReadAllText(owner)) is not { IsAlive: true }
                : Directory.GetCreationTimeUtc(folder) < TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // AppHost was killed. Its orchestrator stops the servers some seconds later; if that was killed too, nothing else does.
    private static void StopServers(string folder)
    {
        foreach (var script in Directory.EnumerateDirectories(folder).Select(ScriptIn).OfType<int>())
        {
            using var kill = Process.Start("kill", ["-TERM", script.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    private static bool IsRunning(string folder) => OperatingSystem.IsLinux() ? ScriptIn(folder) is not null : File.Exists(System.IO.Path.Combine(folder, PidFile));

    /// <summary>The process that runs the script in a server's folder; its number may be another process's by now.</summary>
    private static int? ScriptIn(string folder)
    {
        var file = System.IO.Path.Combine(folder, PidFile);
        return OperatingSystem.IsLinux() && File.Exists(file)
            && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id)
            && ProcStat.CommandLineOf(id).Any(word => word.StartsWith($"{folder}/", StringComparison.Ordinal))
                ? id
                : null;
    }

    // Every script holds the lock as long as it or its server runs.
    private static void TryRemove(string folder)
    {
        try
        {
            using (new FileStream(System.IO.Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A server still runs, or the files are another user's: the next start tries again.
        }

        PlainPath.RemoveLinkTo(folder);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Hosting.Processes.Data;

/// <summary>
/// The folder of one run of AppHost: one folder per server with its scripts, its configuration and the data that is deleted with the run.
/// The scripts delete their folders when the run ends (<c>clean_up</c> in <c>Scripts/common</c>). The next run deletes what remained.
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

    /// <summary>
    /// Marks the end of the run. From now on, a server that stops deletes its folder, and the last one deletes the folder of the run.
    /// Folders of servers that are not running are deleted now.
    /// </summary>
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
            // A script is deleting its folder at the same time.
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

    // A folder without an owner file is either being created now, or its creation was interrupted earlier.
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

    // AppHost was killed. Its orchestrator stops the servers some seconds later. If the orchestrator was killed too, only this stops them.
    private static void StopServers(string folder)
    {
        foreach (var script in Directory.EnumerateDirectories(folder).Select(ScriptIn).OfType<int>())
        {
            using var kill = Process.Start("kill", ["-TERM", script.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    private static bool IsRunning(string folder) =>
        OperatingSystem.IsLinux() ? ScriptIn(folder) is not null : File.Exists(System.IO.Path.Combine(folder, PidFile));

    /// <summary>
    /// The process that runs the script of a server's folder. The command line is checked because process ids are reused.
    /// </summary>
    private static int? ScriptIn(string folder)
    {
        var file = System.IO.Path.Combine(folder, PidFile);
        return OperatingSystem.IsLinux() && File.Exists(file)
            && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id)
            && ProcStat.CommandLineOf(id).Any(word => word.StartsWith($"{folder}/", StringComparison.Ordinal))
                ? id
                : null;
    }

    // Every script holds the lock while it or its server runs.
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
            // A server still runs, or another user owns the files. The next start tries again.
        }

        PlainPath.RemoveLinkTo(folder);
    }
}

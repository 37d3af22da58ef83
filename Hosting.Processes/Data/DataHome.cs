namespace Hosting.Processes.Data;

/// <summary>
/// The folder of volumes and runs: <c>$XDG_DATA_HOME/aspire-processes</c>, else <c>~/.local/share/aspire-processes</c>, for root
/// <c>/var/lib/aspire-processes</c>, because servers then run as users that may not enter root's home.
/// </summary>
internal static class DataHome
{
    private const string Name = "aspire-processes";
    private static readonly Lazy<string> Located = new(Locate);

    public static string Path => Located.Value;

    public static string Volumes => System.IO.Path.Combine(Path, "volumes");

    public static string Runs => System.IO.Path.Combine(Path, "runs");

    public static bool IsRoot { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>The users that servers run as may pass through root's folders; nobody may list them.</summary>
    public static UnixFileMode FolderMode => IsRoot
        ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
        : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whether there is no home that can be written, so that data lies among the temporary files, which a machine may remove when it boots.</summary>
    public static bool IsTemporary => Path.StartsWith(Temporary, StringComparison.Ordinal);

    private static string Temporary => System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Name}-");

    public static string Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }

        return folder;
    }

    private static string Locate()
    {
        if (Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg && (!IsRoot || CanBeEntered(xdg)))
        {
            return System.IO.Path.Combine(xdg, Name);
        }

        if (IsRoot)
        {
            return System.IO.Path.Combine("/var/lib", Name);
        }

        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 && CanBeCreated(System.IO.Path.Combine(local, Name))
            ? System.IO.Path.Combine(local, Name)
            : $"{Temporary}{Environment.UserName}";
    }

    // The home of a service account often is /nonexistent.
    private static bool CanBeCreated(string folder)
    {
        try
        {
            Create(folder);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private static bool CanBeEntered(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && (folder.UnixFileMode & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }
}

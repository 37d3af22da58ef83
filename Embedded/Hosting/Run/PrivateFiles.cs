using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Run;

/// <summary>Files that only one user may read.</summary>
internal static class PrivateFiles
{
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    public static async Task WriteAsync(string path, string content, CancellationToken cancellationToken, UserAccount? owner = null)
    {
        await using (var stream = Create(path))
        await using (var writer = new StreamWriter(stream))
        {
            await writer.WriteAsync(content.AsMemory(), cancellationToken);
        }

        GiveTo(path, owner);
    }

    public static void CreateFolder(string path, UnixFileMode mode, UserAccount? owner = null)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, mode);
        GiveTo(path, owner);
    }

    public static void GiveTo(string path, UserAccount? owner)
    {
        if (owner is not null && NativeMethods.ChangeOwner(path, owner.UserId, owner.GroupId) != 0)
        {
            throw new DistributedApplicationException($"'{path}' could not be given to the user '{owner.Name}'.");
        }
    }
}

/// <summary>Holds a file so that one process at a time does something; the system lets go of it when the process dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Takes the lock, or returns <see langword="null"/> when another process has it.</summary>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits for the lock, for as long as a write of a small file can take.</summary>
    public static IDisposable Wait(string path)
    {
        var began = TimeProvider.System.GetTimestamp();
        var spin = default(SpinWait);
        while (true)
        {
            if (TryTake(path) is { } held)
            {
                return held;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new DistributedApplicationException($"'{path}' is held by another process for more than {Patience.TotalSeconds} s.");
            }

            spin.SpinOnce();
        }
    }
}

using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>What .NET has no name for.</summary>
internal static partial class NativeMethods
{
    public const int ToExecute = 1;

    /// <summary>0 if this process may use a file as asked.</summary>
    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Access(string path, int mode);

    /// <summary>Sends a signal to a process, or to its whole group when the id is negative.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ChangeOwner(string path, uint userId, uint groupId);
}

namespace Hosting.Processes.Data;

/// <summary>
/// RabbitMQ reads neither its configuration nor the free space of the disk below a folder whose name has spaces or letters outside ASCII.
/// Such a folder gets a link with a plain name among the temporary files.
/// </summary>
internal static class PlainPath
{
    private const string Prefix = "aspire-processes-link-";
    private static readonly string Folder = IsPlain(Path.GetTempPath()) ? Path.GetTempPath() : "/tmp";

    /// <summary>The folder itself, or a link to it.</summary>
    public static string Of(string folder, string name)
    {
        if (IsPlain(folder) || OperatingSystem.IsWindows())
        {
            return folder;
        }

        var link = Path.Combine(Folder, $"{Prefix}{name}");
        if (new FileInfo(link).LinkTarget != folder)
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, folder);
        }

        return link;
    }

    /// <summary>Removes the links to a folder, and to folders in it.</summary>
    public static void RemoveLinkTo(string folder)
    {
        foreach (var link in Directory.EnumerateFileSystemEntries(Folder, $"{Prefix}*"))
        {
            if (new FileInfo(link).LinkTarget is { } target && (target == folder || target.StartsWith($"{folder}/", StringComparison.Ordinal)))
            {
                File.Delete(link);
            }
        }
    }

    private static bool IsPlain(string path) => path.All(c => char.IsAscii(c) && !char.IsWhiteSpace(c));
}

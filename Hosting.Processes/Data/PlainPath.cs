namespace Hosting.Processes.Data;

/// <summary>
/// RabbitMQ cannot read its configuration or the free disk space if the path has spaces or characters outside ASCII. Such a folder gets a
/// symbolic link with a plain name in the temporary folder.
/// </summary>
internal static class PlainPath
{
    private const string Prefix = "aspire-processes-link-";
    private static readonly string Folder = IsPlain(Path.GetTempPath()) ? Path.GetTempPath() : "/tmp";

    /// <summary>Returns the folder itself, or a link to it.</summary>
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

    /// <summary>Removes the links to a folder and to the folders in it.</summary>
    public static void RemoveLinkTo(string folder)
    {
        foreach (var link in Directory.EnumerateFileSystemEntries(Folder, $"{Prefix}*"))
        {
            if (new FileInfo(link).LinkTarget is { } target
                && (target == folder || target.StartsWith($"{folder}/", StringComparison.Ordinal)))
            {
                File.Delete(link);
            }
        }
    }

    private static bool IsPlain(string path) => path.All(c => char.IsAscii(c) && !char.IsWhiteSpace(c));
}

namespace Aspire.Hosting.Run;

/// <summary>
/// Other names, of ASCII letters and without spaces, for folders whose own names some servers cannot bear: RabbitMQ reads neither its
/// configuration nor the free space of the disk below them. A link for each, in the folder for temporary files, as long as the run lasts.
/// </summary>
internal static class PlainPaths
{
    private static readonly string Folder = IsPlain(Path.GetTempPath()) ? Path.GetTempPath() : "/tmp";

    /// <summary>The path itself, or a link to it that is plain.</summary>
    public static string Of(string path, RunFolder run, string name)
    {
        if (IsPlain(path) || OperatingSystem.IsWindows())
        {
            return path;
        }

        var link = Path.Combine(Folder, $"{Prefix(run.Id)}{name}");
        if (new FileInfo(link).LinkTarget != path)
        {
            File.CreateSymbolicLink(link, path);
        }

        return link;
    }

    /// <summary>Removes the links of a run.</summary>
    public static void Delete(string runId)
    {
        foreach (var link in Directory.EnumerateFileSystemEntries(Folder, $"{Prefix(runId)}*").Where(entry => new FileInfo(entry).LinkTarget is not null))
        {
            File.Delete(link);
        }
    }

    private static string Prefix(string runId) => $"aspire-embedded-{runId}-";

    private static bool IsPlain(string path) => path.All(c => char.IsAscii(c) && !char.IsWhiteSpace(c));
}

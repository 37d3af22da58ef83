using System.Xml.Linq;

namespace Architecture;

/// <summary>The files of this repository, without the output of builds and tools.</summary>
internal static class SourceTree
{
    private static readonly string[] LeftBehind =
        [".git", ".idea", ".vs", ".vscode", "artifacts", "bin", "node_modules", "obj", "TestResults"];

    public static IReadOnlyList<string> Files { get; } = [.. FilesUnder(Repository.Root).Select(Relative).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> TopFolders => FoldersIn(Repository.Root).Select(Relative);

    public static IEnumerable<string> Projects => Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    public static string[] ReadLines(string file) => File.ReadAllLines(Repository.PathOf(file));

    /// <summary>The top-level folder of a file.</summary>
    public static string TopFolderOf(string file) => file.Split('/')[0];

    /// <summary>The Include values of a project's items with this name, as written.</summary>
    public static IEnumerable<string> Items(string project, string name) =>
        XDocument.Parse(Read(project)).Descendants(name).Select(item => (string)item.Attribute("Include")!);

    /// <summary>The names of the projects that a project references.</summary>
    public static IEnumerable<string> ReferencesOf(string project) =>
        Items(project, "ProjectReference").Select(include => NameOf(include.Replace('\\', '/'))).Order(StringComparer.Ordinal);

    public static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    private static IEnumerable<string> FilesUnder(string folder) =>
        Directory.EnumerateFiles(folder).Concat(FoldersIn(folder).SelectMany(FilesUnder));

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.EnumerateDirectories(folder).Where(inner => !LeftBehind.Contains(Path.GetFileName(inner)));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}

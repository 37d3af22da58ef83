using System.Text.RegularExpressions;

namespace Architecture;

public sealed partial class NamespaceTests
{
    /// <summary>Files without a namespace: top-level statements and global usings.</summary>
    private static readonly string[] Programs = ["GlobalUsings.cs", "Program.cs", "draw-pictures.cs"];

    /// <summary>The source files of all projects but the tests, each with the namespace that its folder requires.</summary>
    private static IEnumerable<(string File, string Required)> Sources =>
        from project in SourceTree.Projects
        where SourceTree.TopFolderOf(project) != "tests"
        let folder = Path.GetDirectoryName(project)!
        from file in SourceTree.Files
        where file.StartsWith($"{folder}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
        where !Programs.Contains(Path.GetFileName(file))
        let below = Path.GetDirectoryName(file)![folder.Length..].Replace('\\', '/')
        select (file, SourceTree.NameOf(project) + below.Replace('/', '.'));

    [Fact]
    public void Namespace_EqualsTheFolder()
    {
        var sources = Sources.ToArray();

        Assert.True(sources.Length > 300, $"Only {sources.Length} files were found.");
        Assert.Empty(
            from source in sources
            let declared = Declaration().Match(SourceTree.Read(source.File)).Groups[1].Value
            where declared != source.Required
            select $"{source.File} declares namespace '{declared}' instead of '{source.Required}'");
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}

using System.Text;

namespace AppHost;

/// <summary>
/// Files of the folder <c>deploy</c> that a deployed server reads. A manifest contains no files, so they are part of the server's command,
/// in base64 because a manifest gives braces and quotes a meaning.
/// </summary>
internal static class DeployedFiles
{
    public static string Read(string name)
    {
        using var file = typeof(DeployedFiles).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A shell command that writes the file.</summary>
    public static string Unpack(string name, string target) =>
        $"echo {Convert.ToBase64String(Encoding.UTF8.GetBytes(Read(name)))} | base64 -d > {target}";
}

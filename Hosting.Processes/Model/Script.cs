using Hosting.Processes.Data;

namespace Hosting.Processes.Model;

/// <summary>Writes the scripts that start servers to the folder of a run.</summary>
internal static class Script
{
    private const string Common = "common";
    private const string Fault = "fault";

    public static void Write(string folder, string name)
    {
        WriteFile(folder, Common);
        WriteFile(folder, name);
    }

    /// <summary>The reason why a script did not start its server, or null.</summary>
    public static string? FaultOf(string folder)
    {
        var file = Path.Combine(folder, Fault);
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }

    // A shell reads a script while executing it, and a persistent server may be running. So the file is replaced and never overwritten.
    private static void WriteFile(string folder, string name)
    {
        using var source = typeof(Script).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        source.CopyTo(content);
        var path = Path.Combine(folder, name);
        PrivateFile.Write(
            $"{path}.new",
            content.GetBuffer().AsSpan(0, (int)content.Length),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move($"{path}.new", path, overwrite: true);
    }
}

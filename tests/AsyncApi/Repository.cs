using System.Runtime.CompilerServices;

namespace AsyncApi;

internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string Document { get; } = Path.Combine(Root, "docs", "asyncapi.yaml");

    private static string Here([CallerFilePath] string path = "") => path;
}

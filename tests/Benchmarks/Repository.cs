using System.Runtime.CompilerServices;

namespace Benchmarks;

internal static class Repository
{
    public static string PathOf(string folder) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", folder));

    private static string Here([CallerFilePath] string path = "") => path;
}

using Microsoft.Extensions.Configuration;

namespace Hosting.Processes.Data;

/// <summary>The folder where Aspire itself keeps files of an AppHost: below the project's <c>obj</c>, which a read-only clone does not let it write.</summary>
internal static class StoreFolder
{
    private const string Setting = "Aspire:Store:Path";

    /// <summary>Names another folder where the present one cannot be written.</summary>
    public static void Ensure(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } folder && !CanBeUsed(folder))
        {
            configuration[Setting] = DataHome.Create(Path.Combine(DataHome.Path, "store"));
        }
    }

    private static bool CanBeUsed(string folder)
    {
        try
        {
            using (File.Create(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, ".aspire")).FullName, Path.GetRandomFileName()), 1, FileOptions.DeleteOnClose))
            {
                return true;
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}

using Microsoft.Extensions.Configuration;

namespace Hosting.Processes.Data;

/// <summary>
/// The folder where Aspire stores files of an AppHost. It is below the project's <c>obj</c> folder, which cannot be written in a read-only
/// clone.
/// </summary>
internal static class StoreFolder
{
    private const string Setting = "Aspire:Store:Path";

    /// <summary>Configures another folder if the configured one cannot be written.</summary>
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
            var aspire = Directory.CreateDirectory(Path.Combine(folder, ".aspire")).FullName;
            using (File.Create(Path.Combine(aspire, Path.GetRandomFileName()), 1, FileOptions.DeleteOnClose))
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

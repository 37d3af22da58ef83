using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting;

/// <summary>What the build recorded in the assembly of AppHost.</summary>
internal sealed record AppHostMetadata(string? ProjectFolder, string? ProjectFile, string? DashboardPath, IReadOnlyDictionary<string, string> ProjectOutputs)
{
    private const string OutputPrefix = "embeddedprojectoutput:";

    public static AppHostMetadata Of(Assembly? assembly)
    {
        var values = assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().ToArray() ?? [];
        return new AppHostMetadata(
            Find("apphostprojectpath"), Find("apphostprojectname"), Find("aspiredashboardpath"),
            values.Where(value => value.Key.StartsWith(OutputPrefix, StringComparison.Ordinal) && value.Value is not null)
                .GroupBy(value => Path.GetFullPath(value.Key[OutputPrefix.Length..]))
                .ToDictionary(group => group.Key, group => group.First().Value!));

        string? Find(string key) => values.FirstOrDefault(value => value.Key == key)?.Value is { Length: > 0 } value ? value : null;
    }
}

/// <summary>Names that tell one AppHost from another, under the keys Aspire has them.</summary>
internal static class AppHostIdentity
{
    public static Dictionary<string, string?> Describe(DistributedApplicationBuilder builder)
    {
        var name = builder.Metadata.ProjectFile ?? builder.Environment.ApplicationName;
        var path = Path.Combine(builder.AppHostDirectory, name);
        var pathHash = Hash(path.ToLowerInvariant());
        var nameHash = Hash(name);
        return new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = builder.AppHostDirectory,
            ["AppHost:Path"] = path,
            ["AppHost:PathSha256"] = pathHash,
            ["AppHost:ProjectNameSha256"] = nameHash,
            ["AppHost:Sha256"] = builder.ExecutionContext.IsPublishMode ? nameHash : pathHash,
        };
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

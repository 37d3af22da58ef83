using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>Where the manifest is written.</summary>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
{
    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The file; paths in it are relative to its folder.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>The JSON.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Cancelled when the application stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A path as the manifest has it: relative to its own folder, with forward slashes.</summary>
    public string GetManifestRelativePath(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!;
        return Path.GetRelativePath(folder, path).Replace('\\', '/');
    }
}

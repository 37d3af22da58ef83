using Hosting.Processes.Data;

namespace Hosting.Processes.Tests;

/// <summary>Names of volumes that no other test has; the folders are deleted at the end.</summary>
public sealed class TestVolume : IDisposable
{
    public string Name { get; } = $"test-{Guid.NewGuid():n}";

    public string Path => System.IO.Path.Combine(DataHome.Volumes, Name);

    public static implicit operator string(TestVolume volume) => volume.Name;

    /// <summary>The volume itself, and those whose names begin with its name.</summary>
    public void Dispose()
    {
        foreach (var folder in Directory.Exists(DataHome.Volumes) ? Directory.GetDirectories(DataHome.Volumes, $"{Name}*") : [])
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

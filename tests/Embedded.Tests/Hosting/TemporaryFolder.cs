namespace Embedded.Tests.Hosting;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("embedded-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using System.Globalization;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Run;

/// <summary>The folder of one run of AppHost: session data of its servers, and the record of its processes. Removed when the run ends.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string OwnerFile = "owner";
    private readonly RunRecord _record;

    private RunFolder(string path)
    {
        FolderPath = path;
        Id = Path.GetFileName(path);
        _record = new RunRecord(path);
    }

    public string FolderPath { get; }

    /// <summary>Eight letters, unlike those of any other run.</summary>
    public string Id { get; }

    private static string Runs => Path.Combine(DataHome.Path, "runs");

    public static RunFolder Create()
    {
        var path = Path.Combine(Runs, Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4)));
        PrivateFiles.CreateFolder(path, DataHome.FolderMode);
        File.WriteAllText(Path.Combine(path, OwnerFile), ProcessIdentity.Current.ToString());
        return new RunFolder(path);
    }

    /// <summary>The folders of runs whose AppHost is gone.</summary>
    public static IReadOnlyList<string> Abandoned()
    {
        if (!Directory.Exists(Runs))
        {
            return [];
        }

        return [.. Directory.EnumerateDirectories(Runs).Where(folder =>
        {
            var owner = Path.Combine(folder, OwnerFile);

            // A folder without its owner's name is being made, or was left half made long ago.
            return File.Exists(owner)
                ? ProcessIdentity.Parse(File.ReadAllText(owner)) is not { IsAlive: true }
                : Directory.GetCreationTimeUtc(folder) < TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1);
        })];
    }

    public static void Delete(string folder)
    {
        PlainPaths.Delete(Path.GetFileName(folder));
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file is still open or another user's: the next start tries again.
        }
    }

    /// <summary>A folder for one resource.</summary>
    public string FolderFor(string resourceName)
    {
        var path = Path.Combine(FolderPath, resourceName);
        PrivateFiles.CreateFolder(path, DataHome.FolderMode);
        return path;
    }

    public void Record(int processId, Signal stopSignal) => _record.Add(processId, stopSignal);

    public void Dispose()
    {
        _record.Dispose();
        Delete(FolderPath);
    }
}

internal readonly record struct RecordedProcess(ProcessIdentity Identity, Signal StopSignal);

/// <summary>The processes of a run, a line each, written as soon as one is started: <c>4711:52034 15</c>.</summary>
internal sealed class RunRecord(string folder) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file = new(FileIn(folder), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public static IReadOnlyList<RecordedProcess> Read(string folder) => !File.Exists(FileIn(folder)) ? [] :
    [
        .. File.ReadLines(FileIn(folder)).Select(line => line.Split(' '))
            .Where(fields => fields.Length == 2 && ProcessIdentity.Parse(fields[0]) is not null)
            .Select(fields => new RecordedProcess(
                ProcessIdentity.Parse(fields[0])!.Value, (Signal)int.Parse(fields[1], CultureInfo.InvariantCulture))),
    ];

    public void Add(int processId, Signal stopSignal)
    {
        if (ProcessIdentity.Of(processId) is { } identity)
        {
            lock (_gate)
            {
                _file.Write(System.Text.Encoding.ASCII.GetBytes($"{identity} {(int)stopSignal}\n"));
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static string FileIn(string folder) => Path.Combine(folder, "processes");
}

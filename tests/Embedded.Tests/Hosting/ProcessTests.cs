using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Embedded.Tests.Hosting;

public sealed class ProcessTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Companion_OfAProcessThatEnded_IsEnded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        using var run = RunFolder.Create();
        var companion = new TaskCompletionSource<int>();

        var process = await ManagedProcess.StartAsync(
            Shell("until [ -e started ]; do sleep 0.05; done; exit 3", run) with { Companions = [Shell("echo $$; touch started; exec sleep 1000", run)] }, run,
            (line, _) => companion.TrySetResult(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(3, await process.Exited.WaitAsync(Deadline));
        var left = await companion.Task.WaitAsync(Deadline);
        while (ProcessIdentity.Of(left) is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Deadline);
        }
    }

    [Fact]
    public async Task Process_ThatCannotBeRecorded_IsEnded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var run = RunFolder.Create();
        run.Dispose();
        var plan = Shell("exec sleep 1000", run) with { WorkingDirectory = "/" };

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ManagedProcess.StartAsync(plan, run, (_, _) => { }));

        await NoneLeft.OfAsync(run.Id, Deadline);
    }

    [Fact]
    public async Task PlainPath_OfAFolderWithSpaces_LeadsThere_AsLongAsTheRunLasts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs links.");
        using var folder = new TemporaryFolder();
        var spaced = Directory.CreateDirectory(Path.Combine(folder.Path, "große Daten")).FullName;
        string link;
        using (var run = RunFolder.Create())
        {
            link = PlainPaths.Of(spaced, run, "data");
            await File.WriteAllTextAsync(Path.Combine(link, "file"), "text", Deadline);

            Assert.Equal(link, PlainPaths.Of(spaced, run, "data"));
            Assert.Equal(folder.Path, PlainPaths.Of(folder.Path, run, "data"));
            Assert.All(link, c => Assert.True(char.IsAscii(c) && c != ' '));
        }

        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(spaced, "file"), Deadline));
        Assert.Null(new FileInfo(link).LinkTarget);
    }

    private static ProcessPlan Shell(string script, RunFolder run) => new()
    {
        FileName = "/bin/sh",
        Arguments = ["-c", script],
        WorkingDirectory = run.FolderPath,
        Environment = ProcessSettings.Inherited(),
    };
}

using System.Diagnostics;

namespace AppHost.Tests;

/// <summary>Runs programs and returns what they print.</summary>
internal static class Programs
{
    /// <summary>AppHost as a tool starts it: a process with arguments.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAppHostAsync(string[] arguments)
    {
        ProcessStartInfo start = new(Path.ChangeExtension(typeof(Projects.AppHost).Assembly.Location, null), arguments);

        // What the caller has set for AppHost must not decide what the tests see.
        start.Environment.Remove("Shop__Servers");
        start.Environment.Remove("Shop__Volumes");
        return RunAsync(start);
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        var stop = TestContext.Current.CancellationToken;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);

        using var program = Process.Start(start)!;
        var output = await Task.WhenAll(program.StandardOutput.ReadToEndAsync(stop), program.StandardError.ReadToEndAsync(stop));
        await program.WaitForExitAsync(stop);
        return (program.ExitCode, output[0], output[1]);
    }
}

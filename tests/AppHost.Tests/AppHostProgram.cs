using System.Diagnostics;

namespace AppHost.Tests;

/// <summary>AppHost as a tool starts it: a process with arguments.</summary>
internal static class AppHostProgram
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(Projects.AppHost).Assembly.Location, null), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the caller has set for AppHost must not decide what the tests see.
        start.Environment.Remove("Shop__Servers");
        start.Environment.Remove("Shop__Volumes");

        using var program = Process.Start(start)!;
        var output = await Task.WhenAll(
            program.StandardOutput.ReadToEndAsync(cancellationToken), program.StandardError.ReadToEndAsync(cancellationToken));
        await program.WaitForExitAsync(cancellationToken);
        return (program.ExitCode, string.Concat(output));
    }
}

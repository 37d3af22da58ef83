using CliWrap;
using CliWrap.Buffered;

namespace AppHost.Tests;

/// <summary>Runs programs and returns their output, whatever their exit code is.</summary>
internal static class Programs
{
    /// <summary>
    /// Starts AppHost as a process, as other tools do. Settings for AppHost in the caller's environment are not passed on.
    /// </summary>
    public static async Task<BufferedCommandResult> RunAppHostAsync(string[] arguments) =>
        await Command(Path.ChangeExtension(typeof(Projects.AppHost).Assembly.Location, null), arguments)
            .WithEnvironmentVariables(variables => variables
                .Set("Shop__Servers", null).Set("Shop__Volumes", null).Set("Shop__Broker", null).Set("Shop__FaultLab", null))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    public static async Task<BufferedCommandResult> RunAsync(string program, string[] arguments) =>
        await Command(program, arguments).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    private static Command Command(string program, string[] arguments) =>
        Cli.Wrap(program).WithArguments(arguments).WithValidation(CommandResultValidation.None);
}

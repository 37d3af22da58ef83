using System.Runtime.Versioning;

namespace Hosting.Processes.Data;

/// <summary>
/// The home folder of this process and its child processes. Aspire's orchestrator writes files to <c>~/.dcp</c>. If it cannot, it exits at
/// once, and AppHost waits for it without a message. Service accounts often have no home folder, or one that does not exist.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class OrchestratorHome
{
    private const string Variable = "HOME";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Sets <c>HOME</c> if it is missing or cannot be written: to the user's own home folder, else to a temporary folder.
    /// </summary>
    /// <returns>The new home folder, or null if <c>HOME</c> can be used as it is.</returns>
    /// <exception cref="DistributedApplicationException">The temporary folder cannot be written either.</exception>
    public static string? Ensure()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home && CanBeUsed(home))
        {
            return null;
        }

        // Without the variable, .NET asks the operating system for the user's home folder.
        Environment.SetEnvironmentVariable(Variable, null);
        var own = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var temporary = Path.Combine(Path.GetTempPath(), $"aspire-processes-{Environment.UserName}");
        var usable = own.Length > 0 && CanBeUsed(own) ? own : CanBeOwned(temporary) && CanBeUsed(temporary) ? temporary
            : throw new DistributedApplicationException(
                $"{Variable} is not set, and '{temporary}' cannot be written. "
                + $"Aspire's orchestrator needs a home folder: set {Variable} to a folder that this user can write.");
        Environment.SetEnvironmentVariable(Variable, usable);
        return usable;
    }

    private static bool CanBeUsed(string home) => Succeeds(() => Directory.CreateDirectory(Path.Combine(home, ".dcp"), Private));

    // Security: only the owner of a folder can change its mode, so a folder that another user created beforehand is refused.
    private static bool CanBeOwned(string folder) => Succeeds(() =>
    {
        Directory.CreateDirectory(folder, Private);
        File.SetUnixFileMode(folder, Private);
    });

    private static bool Succeeds(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}

using System.Runtime.Versioning;

namespace Hosting.Processes.Data;

/// <summary>
/// The home of this process and of all that it starts. Aspire's orchestrator keeps files in <c>~/.dcp</c>; where it cannot, it ends at once, and
/// AppHost waits for it without a message. Service accounts often have no home, or one that does not exist.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class OrchestratorHome
{
    private const string Variable = "HOME";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Sets <c>HOME</c> where it is missing or cannot be written: to the user's own home, else to a folder among the temporary files.</summary>
    /// <returns>The new home, or null if <c>HOME</c> is good as it is.</returns>
    /// <exception cref="DistributedApplicationException">Not even the temporary folder can be written.</exception>
    public static string? Ensure()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home && CanBeUsed(home))
        {
            return null;
        }

        // Without the variable, .NET asks the system for the user's home.
        Environment.SetEnvironmentVariable(Variable, null);
        var own = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var temporary = Path.Combine(Path.GetTempPath(), $"aspire-processes-{Environment.UserName}");
        var usable = own.Length > 0 && CanBeUsed(own) ? own : CanBeOwned(temporary) && CanBeUsed(temporary) ? temporary
            : throw new DistributedApplicationException($"{Variable} is not set, and '{temporary}' cannot be written. Aspire's orchestrator needs a home: set {Variable} to a folder of this user.");
        Environment.SetEnvironmentVariable(Variable, usable);
        return usable;
    }

    private static bool CanBeUsed(string home) => Succeeds(() => Directory.CreateDirectory(Path.Combine(home, ".dcp"), Private));

    // Only the owner of a folder may change its mode: one that another user created beforehand is not trusted.
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

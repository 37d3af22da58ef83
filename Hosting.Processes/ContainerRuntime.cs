using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Hosting.Processes;

/// <summary>The container runtime that Aspire would use.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Returns whether the runtime that <c>ASPIRE_CONTAINER_RUNTIME</c> names answers; if none is named, Docker or Podman.
    /// </summary>
    public static bool Answers(IConfiguration configuration)
    {
        var named = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        return (named is { Length: > 0 } ? [named] : (string[])["docker", "podman"]).Any(Answers);
    }

    // The client answers "version" even when its engine is not running; only the engine has a server version.
    private static bool Answers(string program)
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo(program, ["version", "--format", "{{.Server.Version}}"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (asked is null || asked.WaitForExit(Patience))
            {
                return asked?.ExitCode == 0;
            }

            asked.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

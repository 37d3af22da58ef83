using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmarks.Catalog;

/// <summary>The load generator <c>wrk</c>, which costs little processor time: one thread, 16 connections.</summary>
internal static partial class Wrk
{
    private const string Program = "/usr/bin/wrk";

    /// <summary>Installs it if it is missing and that needs no question: on Debian, as root.</summary>
    public static Task InstallAsync(CancellationToken cancellationToken) => DebianPackages.FindOrInstallAsync(
        () => File.Exists(Program) ? Program : null, ["wrk"], "The benchmark needs wrk: apt-get install wrk.", cancellationToken);

    /// <returns>Requests per second.</returns>
    /// <param name="address">What is asked for. With <paramref name="script"/>, its path is not used.</param>
    /// <param name="duration">How long.</param>
    /// <param name="script">Lua that makes the path of each request; null: always the same.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">Not all answers were 200.</exception>
    public static async Task<double> RunAsync(Uri address, TimeSpan duration, string? script, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, cancellationToken);
            var start = new ProcessStartInfo(
                Program,
                [
                    "-t1", "-c16", string.Create(CultureInfo.InvariantCulture, $"-d{duration.TotalSeconds:0}s"),
                    .. script is null ? [] : (string[])["-s", file], $"{address}",
                ])
            {
                RedirectStandardOutput = true,
            };
            using var wrk = Process.Start(start)!;
            var output = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
            await wrk.WaitForExitAsync(cancellationToken);
            return Rate().Match(output) is { Success: true } rate && !output.Contains("Non-2xx", StringComparison.Ordinal)
                ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"wrk {address}: {output}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"Requests/sec: +([0-9.]+)")]
    private static partial Regex Rate();
}

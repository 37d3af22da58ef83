using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Servers;

namespace Benchmarks.Flows;

/// <summary>Flows in a process of its own, as <c>dotnet run</c> starts it, on free ports.</summary>
internal sealed partial class FlowsProcess : IAsyncDisposable
{
    public const string Token = "benchmark";

    private readonly Process _command;
    private readonly Dictionary<string, Uri> _addresses = [];

    private FlowsProcess(Process command) => _command = command;

    public Uri Pages => _addresses["Flows"];

    public Uri OtlpGrpc => _addresses["OtlpGrpc"];

    /// <summary>The resident memory now, in megabytes.</summary>
    public double Megabytes => ProcessTree.Under([_command.Id])
        .Where(process => Path.GetFileNameWithoutExtension(process.CommandLine[0]) == "Flows")
        .Select(process => ResidentOf(process.Id))
        .DefaultIfEmpty()
        .Max();

    public static async Task<FlowsProcess> StartAsync(CancellationToken cancellationToken, params string[] settings)
    {
        string[] command =
        [
            "run", "-c", "Release", "--no-launch-profile", "--project", Repository.PathOf("Flows"), "--",
            "--urls=http://127.0.0.1:0", "--Flows:Otlp:GrpcUrl=http://127.0.0.1:0", "--Flows:Otlp:HttpUrl=http://127.0.0.1:0",
            $"--Flows:Frontend:BrowserToken={Token}", .. settings,
        ];
        var flows = new FlowsProcess(Process.Start(new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true })!);
        while (flows._addresses.Count < 3)
        {
            var line = await flows._command.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("Flows did not start.");
            if (AddressLine().Match(line) is { Success: true } match)
            {
                flows._addresses[match.Groups["name"].Value] = new Uri(match.Groups["url"].Value);
            }
        }

        _ = flows._command.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return flows;
    }

    public async ValueTask DisposeAsync()
    {
        _command.Kill(entireProcessTree: true);
        await _command.WaitForExitAsync(CancellationToken.None);
        _command.Dispose();
    }

    private static double ResidentOf(int id)
    {
        // VmRSS:	  123456 kB
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    [GeneratedRegex("^(?<name>Flows|OtlpGrpc|OtlpHttp): (?<url>http\\S+)$")]
    private static partial Regex AddressLine();
}

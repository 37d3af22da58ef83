using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Servers;

namespace Benchmarks.Flows;

/// <summary>Aspire's dashboard in a process of its own, without an AppHost, as AppHost's build found it.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DashboardProcess(Process process, Uri pages, Uri otlpGrpc)
    {
        _process = process;
        Pages = pages;
        OtlpGrpc = otlpGrpc;
    }

    public Uri Pages { get; }

    public Uri OtlpGrpc { get; }

    public static async Task<DashboardProcess> StartAsync(CancellationToken cancellationToken)
    {
        var program = Assembly.Load("AppHost").GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "aspiredashboardpath").Value!;
        var pages = FreeAddress();
        var otlp = FreeAddress();
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = pages.ToString(),
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = otlp.ToString(),
                ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true",
                ["Dashboard__Api__Enabled"] = "true",
            },
        };
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var dashboard = new DashboardProcess(process, pages, otlp);
        using var client = new HttpClient { BaseAddress = pages };
        await Eventually.SucceedsAsync(
            async () => await client.GetStringAsync("api/telemetry/spans?limit=1", cancellationToken), "Aspire's dashboard answers");
        return dashboard;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks.Catalog;

/// <summary>nginx, which serves answers of the catalog as files: the same bytes from the fastest common server.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Nginx(Process process, DirectoryInfo folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <param name="files">The content by name.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<Nginx> StartAsync(IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        await DebianPackages.FindOrInstallAsync(
            () => File.Exists(Program) ? Program : null, ["nginx-light"], "The benchmark needs nginx: apt-get install nginx-light.",
            cancellationToken);
        var folder = Directory.CreateTempSubdirectory("shop-nginx-");
        foreach (var (name, content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), content, cancellationToken);
        }

        var port = FreePort();
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 2;
            pid {{folder.FullName}}/nginx.pid;
            error_log stderr;
            events { worker_connections 256; }
            http {
                access_log off;
                sendfile on;
                keepalive_requests 100000000;
                open_file_cache max=16;
                client_body_temp_path {{folder.FullName}}/body;
                server { listen 127.0.0.1:{{port}}; root {{folder.FullName}}; }
            }
            """,
            cancellationToken);
        var process = Process.Start(Program, ["-p", folder.FullName, "-c", configuration]);
        var nginx = new Nginx(process, folder, new Uri($"http://127.0.0.1:{port}"));
        await nginx.AnswersAsync(files.Keys.First(), cancellationToken);
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        using (var quit = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await quit.WaitForExitAsync(CancellationToken.None);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswersAsync(string file, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_process.HasExited)
        {
            try
            {
                await http.GetByteArrayAsync(file, cancellationToken);
                return;
            }
            catch (HttpRequestException fault) when (fault.StatusCode is null)
            {
                // It does not listen yet.
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        throw new InvalidOperationException($"nginx ended with {_process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

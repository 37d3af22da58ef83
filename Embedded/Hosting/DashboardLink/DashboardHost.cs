using Aspire.Hosting.Health;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Projects;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.DashboardLink;

/// <summary>Runs the dashboard as a process of its own, and prints the link that logs in to it. Without it everything else runs all the same.</summary>
internal sealed class DashboardHost(
    DashboardSettings settings, ResourceLoggerService logs, HealthClient health, Terminal terminal, TimeProvider time)
{
    public const string Name = "aspire-dashboard";

    private ManagedProcess? _process;
    private Task _living = Task.CompletedTask;
    private CancellationTokenSource? _life;

    public void Start(RunFolder run, CancellationToken cancellationToken)
    {
        if (settings.IsEnabled)
        {
            _life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _living = LiveAsync(run, _life.Token);
        }
    }

    public async Task StopAsync()
    {
        if (_life is not null)
        {
            await _life.CancelAsync();
            await _living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _life.Dispose();
        }

        if (_process is not null)
        {
            // All it has is in memory and goes with it: there is nothing to wait for.
            await _process.StopAsync(TimeSpan.Zero, time);
        }
    }

    public void Kill() => _process?.Kill();

    private async Task LiveAsync(RunFolder run, CancellationToken cancellationToken)
    {
        var console = logs.Of(Name);
        console.Hide([settings.BrowserToken, settings.OtlpApiKey, settings.LinkApiKey]);
        var announcing = AnnounceAsync(cancellationToken);
        var policy = new RestartPolicy(time);
        while (true)
        {
            _process = await ManagedProcess.StartAsync(Plan(), run, console.Add);
            var exitCode = await _process.Exited.WaitAsync(cancellationToken);
            if (policy.Next() is not { } pause)
            {
                terminal.Fail("dashboard", $"ended with exit code {exitCode} and is not started again", [.. console.Reason(8).Select(line => line.Content)]);
                break;
            }

            terminal.Fail("dashboard", $"ended with exit code {exitCode}; starting again in {pause.TotalSeconds:0.#} s", [.. console.Reason(8).Select(line => line.Content)]);
            await Task.Delay(pause, time, cancellationToken);
        }

        await _life!.CancelAsync();
        await announcing;
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await health.StatusOfAsync(new Uri(settings.Page!, "/login"), cancellationToken);
                terminal.Say($"Login to the dashboard at {settings.LoginLink}");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(150), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private ProcessPlan Plan() => new()
    {
        FileName = Programs.DotNet,
        Arguments = [settings.AssemblyPath!],
        WorkingDirectory = Path.GetDirectoryName(settings.AssemblyPath)!,
        Environment = new Dictionary<string, string>(ProcessSettings.Inherited().Concat(QuickStart.Variables))
        {
            ["ASPNETCORE_URLS"] = settings.Page!.GetLeftPart(UriPartial.Authority),
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = settings.OtlpGrpc!.GetLeftPart(UriPartial.Authority),
            ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = settings.OtlpHttp!.GetLeftPart(UriPartial.Authority),
            ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = settings.BrowserToken,
            ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = settings.OtlpApiKey,
            ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = settings.LinkApiKey,
            ["DASHBOARD__APPLICATIONNAME"] = settings.ApplicationName,
        },
    };
}

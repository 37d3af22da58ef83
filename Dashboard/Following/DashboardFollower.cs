using System.Runtime.CompilerServices;
using System.Text;
using Dashboard.Otlp;
using Dashboard.Otlp.Wire.Collector.Logs;
using Dashboard.Otlp.Wire.Collector.Trace;
using Dashboard.Telemetry;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Dashboard.Following;

/// <summary>
/// Follows the telemetry API of Aspire's dashboard and hands what comes to the intake. The API repeats what is stored on each connection;
/// the stores take each span and each log line once.
/// </summary>
public sealed partial class DashboardFollower(
    TelemetryApi api, Intake intake, FollowState state, TelemetryLimits limits, TimeProvider clock, ILogger<DashboardFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        FollowForeverAsync(
            new Signal("spans", "resourceSpans", json => intake.Offer(OtlpJson.Parse<ExportTraceServiceRequest>(json))), stoppingToken),
        FollowForeverAsync(
            new Signal("logs", "resourceLogs", json => intake.Offer(OtlpJson.Parse<ExportLogsServiceRequest>(json))), stoppingToken));

    private async Task FollowForeverAsync(Signal signal, CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        string? logged = null;
        while (true)
        {
            try
            {
                var stored = await api.CountAsync(signal.Name, stoppingToken);
                LogFollowing(signal.Name, stored);
                state.Connected();
                logged = null;
                await foreach (var line in FollowAsync(signal, stored, stoppingToken))
                {
                    pause = FirstPause;
                    Take(signal, line);
                }

                LogEnded(signal.Name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is FollowRefusedException or HttpRequestException or IOException)
            {
                state.Failed(exception.Message);
                // Each fault is logged once, not once per attempt.
                if (logged != exception.Message)
                {
                    logged = exception.Message;
                    LogFailed(exception is FollowRefusedException ? LogLevel.Error : LogLevel.Warning, signal.Name, exception.Message);
                }
            }

            await Task.Delay(pause, clock, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> FollowAsync(
        Signal signal, long stored, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await api.FollowAsync(signal.Name, cancellationToken);
        await using var lines = LineReader.Start(await answer.Content.ReadAsStreamAsync(cancellationToken), limits.WaitingBytes);
        if (stored > TelemetryApi.MostStored)
        {
            // After following has begun, so that nothing falls between the two.
            using var newest = await api.NewestAsync(signal.Name, cancellationToken);
            foreach (var one in newest.RootElement.GetProperty("data").GetProperty(signal.List).EnumerateArray())
            {
                yield return Encoding.UTF8.GetBytes($$"""{"{{signal.List}}":[{{one.GetRawText()}}]}""");
            }
        }

        if (stored > 2 * TelemetryApi.MostStored)
        {
            LogMissed(stored - (2 * TelemetryApi.MostStored), signal.Name);
        }

        await foreach (var line in lines.ReadAllAsync(cancellationToken))
        {
            yield return line;
        }
    }

    private void Take(Signal signal, ReadOnlyMemory<byte> json)
    {
        try
        {
            signal.Offer(json);
        }
        catch (Exception exception)
        {
            // Whatever is wrong with one line must not end the following of all others.
            LogUnreadable(signal.Name, exception.Message);
        }
    }

    /// <param name="Name">As in the API's path.</param>
    /// <param name="List">The member of OTLP's JSON that holds the items.</param>
    /// <param name="Offer">Parses OTLP's JSON and hands it to the intake.</param>
    private sealed record Signal(string Name, string List, Action<ReadOnlyMemory<byte>> Offer);
}

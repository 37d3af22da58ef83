using System.Runtime.CompilerServices;
using Flows.Otlp;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flows.Following;

/// <summary>
/// Reads the telemetry streams of Aspire's dashboard and passes the items to the intake. On each connection the API sends the stored items
/// again; the stores ignore spans and log lines that they already have.
/// </summary>
public sealed partial class DashboardFollower(
    TelemetryApi api, Intake intake, FollowState state, TimeProvider clock, ILogger<DashboardFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FollowForeverAsync(Signal.Spans(intake), stoppingToken), FollowForeverAsync(Signal.Logs(intake), stoppingToken));

    private async Task FollowForeverAsync(Signal signal, CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        string? logged = null;
        var wasFollowed = false;
        while (true)
        {
            try
            {
                var stored = await api.CountAsync(signal.Name, stoppingToken);
                ReportConnected(signal, stored, wasFollowed);
                (logged, wasFollowed) = (null, true);
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
            catch (Exception exception)
            {
                // Whatever the other side answers, the next attempt may succeed.
                state.Failed(signal.Name, exception.Message);
                // A fault is logged once and not again at each attempt.
                if (logged != exception.Message)
                {
                    logged = exception.Message;
                    var mayPass = exception is HttpRequestException or IOException;
                    LogFailed(mayPass ? LogLevel.Warning : LogLevel.Error, signal.Name, exception.Message);
                }
            }

            await Task.Delay(pause, clock, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void ReportConnected(Signal signal, long stored, bool wasFollowed)
    {
        LogFollowing(signal.Name, stored);
        state.Connected(signal.Name);
        // After a reconnect, the stream repeats known items.
        if (!wasFollowed && stored - (2 * TelemetryApi.MostStored) is var missed and > 0)
        {
            LogMissed(missed, signal.Name);
            state.Miss(missed);
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> FollowAsync(
        Signal signal, long stored, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await api.FollowAsync(signal.Name, cancellationToken);
        await using var lines = LineReader.Start(await answer.Content.ReadAsStreamAsync(cancellationToken));
        if (stored > TelemetryApi.MostStored)
        {
            // Read after the stream was opened, so that no item is missed in between.
            using var newest = await api.NewestAsync(signal.Name, cancellationToken);
            foreach (var line in signal.LinesOf(newest))
            {
                yield return line;
            }
        }

        await foreach (var line in lines.ReadAllAsync(cancellationToken))
        {
            yield return line;
        }
    }

    private void Take(Signal signal, ReadOnlyMemory<byte> line)
    {
        try
        {
            signal.Take(line);
        }
        catch (Exception exception)
        {
            // A faulty line must not stop the processing of the others.
            LogUnreadable(signal.Name, exception.Message);
        }
    }
}

using EventBus.Inbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventBus.Upkeep;

/// <summary>Removes from the inbox, every hour, what is older than its retention.</summary>
internal sealed partial class InboxCleanup(IInbox inbox, EventBusOptions options, TimeProvider clock, ILogger<InboxCleanup> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan FailurePause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Interval / 2;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Jitter.Around(pause), clock, stoppingToken);
                await inbox.ForgetAsync(clock.GetUtcNow() - options.InboxRetention, stoppingToken);
                pause = Interval;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogFailed(fault, FailurePause);
                pause = FailurePause;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Removing old entries from the inbox failed; trying again in {Pause}")]
    private partial void LogFailed(Exception fault, TimeSpan pause);
}

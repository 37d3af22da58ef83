using WebApp.BackOffice.Audit;
using WebApp.Identity.Attempts;
using WebApp.Identity.OAuth;
using WebApp.Identity.Sessions;
using WebApp.Mail;

namespace WebApp.Identity;

/// <summary>Deletes rows that nothing reads any more. Every replica does it; deleting twice is harmless.</summary>
public sealed partial class CleanUp(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CleanUp> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<AttemptCounters>().DeleteFreeAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<SessionStore>().DeleteEndedAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<OpenAccount>().DeleteUnconfirmedAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<SentMails>().DeleteOldAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<OAuthGrants>().DeleteOldAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<AdminActions>().DeleteOldAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

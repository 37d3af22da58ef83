using EventBus;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

/// <summary>
/// Deletes finished deliveries that are older than the inbox' retention (<see cref="EventBusOptions.InboxRetention"/>). Until then a
/// repeated event cannot add a delivery a second time, because the inbox knows the event.
/// </summary>
internal sealed partial class ForgetDeliveries(
    IServiceScopeFactory scopes, IOptions<WebhookOptions> options, EventBusOptions bus, TimeProvider clock,
    ILogger<ForgetDeliveries> logger)
    : BackgroundService
{
    private const int BatchSize = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CleanupInterval, clock);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(clock.GetUtcNow() - bus.InboxRetention, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
    }

    private async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        int deleted;

        do
        {
            deleted = await db.WebhookDeliveries
                .Where(delivery => delivery.Status != DeliveryStatus.Pending && delivery.CreatedAt < before)
                .Take(BatchSize)
                .ExecuteDeleteAsync(cancellationToken);
        }
        while (deleted == BatchSize);
    }
}

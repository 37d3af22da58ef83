using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

/// <summary>Sends what is due, again and later where it failed. Any number of replicas may run: each claims rows that the others leave alone.</summary>
internal sealed partial class WebhookSender(
    IServiceScopeFactory scopes, WebhookHttp http, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookSender> logger)
    : BackgroundService
{
    private const int BatchSize = 20;
    private readonly WebhookOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PollInterval, time);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SendDueAsync(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away; the deliveries wait in it.
                LogRoundFailed(failure);
            }
        }
    }

    private async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var claimed = await ClaimDueAsync(cancellationToken);
        await Parallel.ForEachAsync(claimed, cancellationToken, AttemptAsync);
        return claimed.Count;
    }

    /// <summary>Claims by moving the next attempt beyond this one's end, so that a delivery whose sender dies is taken up again.</summary>
    private async Task<List<Guid>> ClaimDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        var now = time.GetUtcNow();
        var claimEnds = now + _options.Timeout + _options.Timeout;

        return await db.Database
            .SqlQuery<Guid>(
                $"""
                 update webhook_deliveries set next_attempt_at = {claimEnds}
                 where id in (
                     select id from webhook_deliveries where status = 'Pending' and next_attempt_at <= {now}
                     order by next_attempt_at limit {BatchSize} for update skip locked)
                 returning id
                 """)
            .ToListAsync(cancellationToken);
    }

    private async ValueTask AttemptAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        var delivery = await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == deliveryId, cancellationToken);
        if (delivery is null)
        {
            return; // The subscriber was deleted meanwhile, and this with it.
        }

        var subscriber = await db.WebhookSubscribers.SingleAsync(s => s.Id == delivery.SubscriberId, cancellationToken);

        if (subscriber.Active)
        {
            await SendAsync(delivery, subscriber, cancellationToken);
        }
        else
        {
            delivery.GiveUp("The subscriber is switched off.");
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SendAsync(WebhookDelivery delivery, WebhookSubscriber subscriber, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Timeout);
        using var request = CreateRequest(delivery, subscriber);

        try
        {
            using var response = await http.SendAsync(request, deadline.Token);
            delivery.RecordAnswer(response.StatusCode, _options.EffectiveRetryDelays, time.GetUtcNow());
            subscriber.Active &= response.StatusCode is not HttpStatusCode.Gone;
        }
        catch (HttpRequestException refused) when (refused.InnerException is PrivateAddressException reason)
        {
            delivery.GiveUp(reason.Message);
        }
        catch (HttpRequestException failure)
        {
            delivery.RecordFailure(failure.Message, _options.EffectiveRetryDelays, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            delivery.RecordFailure($"No answer within {_options.Timeout}.", _options.EffectiveRetryDelays, time.GetUtcNow());
        }

        if (delivery.Status is not DeliveryStatus.Delivered)
        {
            LogNotDelivered(delivery.Id, subscriber.Id, delivery.Attempts, delivery.Problem);
        }
    }

    private HttpRequestMessage CreateRequest(WebhookDelivery delivery, WebhookSubscriber subscriber)
    {
        var id = $"msg_{delivery.MessageId:n}";
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, subscriber.Url)
        {
            Content = new StringContent(delivery.Payload, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(subscriber.Secret, id, timestamp, delivery.Payload));
        return request;
    }
}

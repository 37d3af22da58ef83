using System.Diagnostics;
using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

/// <summary>
/// Sends what is due, again and later where it failed. Each subscriber is served by itself, so that a silent one holds up no other. Any number
/// of replicas may run: each claims rows that the others leave alone.
/// </summary>
internal sealed partial class WebhookSender(
    IServiceScopeFactory scopes, WebhookHttp http, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookSender> logger)
    : BackgroundService
{
    /// <summary>How many deliveries a replica sends to one subscriber at a time.</summary>
    private const int SideBySide = 4;

    private static readonly ActivitySource Source = new("Ordering.Api");

    private readonly WebhookOptions _options = options.Value;
    private readonly Dictionary<Guid, Task> _underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PollInterval, time);

        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ServeDueAsync(stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(_underWay.Values);
        }
    }

    /// <summary>Begins with the subscribers that something is due for, leaving alone those that are being served.</summary>
    private async Task ServeDueAsync(CancellationToken cancellationToken)
    {
        foreach (var (served, _) in _underWay.Where(subscriber => subscriber.Value.IsCompleted).ToArray())
        {
            _underWay.Remove(served);
        }

        try
        {
            foreach (var subscriber in await FindDueAsync(cancellationToken))
            {
                if (!_underWay.ContainsKey(subscriber))
                {
                    _underWay[subscriber] = ServeAsync(subscriber, cancellationToken);
                }
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The database is away; the deliveries wait in it.
            LogRoundFailed(failure);
        }
    }

    private async Task<List<Guid>> FindDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        var now = time.GetUtcNow();

        return await db.WebhookDeliveries
            .Where(delivery => delivery.Status == DeliveryStatus.Pending && delivery.NextAttemptAt <= now)
            .Select(delivery => delivery.SubscriberId)
            .Distinct()
            .ToListAsync(cancellationToken);
    }

    /// <summary>Sends until nothing is due for this subscriber. Throws nothing: the next round begins anew.</summary>
    private async Task ServeAsync(Guid subscriberId, CancellationToken cancellationToken)
    {
        try
        {
            while (await ClaimDueAsync(subscriberId, cancellationToken) is { Count: > 0 } claimed)
            {
                await Task.WhenAll(claimed.Select(deliveryId => AttemptAsync(deliveryId, cancellationToken)));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was claimed is due again when the claim ends.
        }
        catch (Exception failure)
        {
            LogRoundFailed(failure);
        }
    }

    /// <summary>
    /// Claims by moving the next attempt beyond this one's end, so that a delivery whose sender dies is taken up again. All that is claimed is
    /// sent at once: nothing waits for its turn until the claim has ended and another replica sends it too.
    /// </summary>
    private async Task<List<Guid>> ClaimDueAsync(Guid subscriberId, CancellationToken cancellationToken)
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
                     select id from webhook_deliveries
                     where status = 'Pending' and next_attempt_at <= {now} and subscriber_id = {subscriberId}
                     order by next_attempt_at limit {SideBySide} for update skip locked)
                 returning id
                 """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Whatever goes wrong with one delivery leaves those beside it alone.</summary>
    private async Task AttemptAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        // The search for what is due is no trace; what a subscriber may ask about is.
        using var activity = Source.StartActivity("deliver webhook");
        try
        {
            await DeliverAsync(deliveryId, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogAttemptFailed(failure, deliveryId);
        }
    }

    private async Task DeliverAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        var delivery = await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == deliveryId, cancellationToken);
        if (delivery is null)
        {
            return; // The subscriber was deleted meanwhile, and this with it: so may be, between the two reads, the other.
        }

        var subscriber = await db.WebhookSubscribers.SingleOrDefaultAsync(s => s.Id == delivery.SubscriberId, cancellationToken);
        if (subscriber is null)
        {
            return;
        }

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

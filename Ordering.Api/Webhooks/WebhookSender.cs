using System.Diagnostics;
using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

/// <summary>
/// Sends due deliveries and retries failed ones later. Each subscriber is served separately, so that a slow one does not delay the others.
/// Any number of replicas may run: each claims its own rows.
/// </summary>
internal sealed partial class WebhookSender(
    IServiceScopeFactory scopes, WebhookHttp http, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookSender> logger)
    : BackgroundService
{
    /// <summary>How many deliveries a replica sends to one subscriber at the same time.</summary>
    private const int MaxParallel = 4;

    private static readonly ActivitySource Source = new("Ordering.Api");

    private readonly WebhookOptions _options = options.Value;
    private readonly Dictionary<Guid, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PollInterval, clock);

        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ServeDueAsync(stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    /// <summary>Starts serving the subscribers that have due deliveries and are not being served yet.</summary>
    private async Task ServeDueAsync(CancellationToken cancellationToken)
    {
        foreach (var (served, _) in _running.Where(subscriber => subscriber.Value.IsCompleted).ToArray())
        {
            _running.Remove(served);
        }

        try
        {
            foreach (var subscriber in await FindDueAsync(cancellationToken))
            {
                if (!_running.ContainsKey(subscriber))
                {
                    _running[subscriber] = ServeAsync(subscriber, cancellationToken);
                }
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The database is unavailable; the deliveries stay in it.
            LogRoundFailed(failure);
        }
    }

    private async Task<List<Guid>> FindDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        var now = clock.GetUtcNow();

        return await db.WebhookDeliveries
            .Where(delivery => delivery.Status == DeliveryStatus.Pending && delivery.NextAttemptAt <= now)
            .Select(delivery => delivery.SubscriberId)
            .Distinct()
            .ToListAsync(cancellationToken);
    }

    /// <summary>Sends until nothing is due for this subscriber. Never throws; the next round starts again.</summary>
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
            // Claimed deliveries are due again when their claim ends.
        }
        catch (Exception failure)
        {
            LogRoundFailed(failure);
        }
    }

    /// <summary>
    /// Claims a delivery by moving its next attempt behind the end of this one: if this process dies, another attempt follows. Claimed
    /// deliveries are sent at once, so that no claim ends before its delivery is sent.
    /// </summary>
    private async Task<List<Guid>> ClaimDueAsync(Guid subscriberId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        var now = clock.GetUtcNow();
        var claimEnds = now + _options.Timeout + _options.Timeout;

        return await db.Database
            .SqlQuery<Guid>(
                $"""
                 update webhook_deliveries set next_attempt_at = {claimEnds}
                 where id in (
                     select id from webhook_deliveries
                     where status = 'Pending' and next_attempt_at <= {now} and subscriber_id = {subscriberId}
                     order by next_attempt_at limit {MaxParallel} for update skip locked)
                 returning id
                 """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>A failure of one delivery does not affect the others.</summary>
    private async Task AttemptAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        // Each attempt is a trace of its own; looking for due deliveries is not traced.
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
            return; // The subscriber and its deliveries were deleted. This may happen between the two reads as well.
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
        Activity.Current?.SetTag("server.address", subscriber.Url.Host);

        try
        {
            using var response = await http.SendAsync(request, deadline.Token);
            Activity.Current?.SetTag("http.response.status_code", (int)response.StatusCode);
            delivery.RecordAnswer(response.StatusCode, _options.EffectiveRetryDelays, clock.GetUtcNow());
            subscriber.Active &= response.StatusCode is not HttpStatusCode.Gone;
        }
        catch (HttpRequestException refused) when (refused.InnerException is PrivateAddressException reason)
        {
            delivery.GiveUp(reason.Message);
        }
        catch (HttpRequestException failure)
        {
            delivery.RecordFailure(failure.Message, _options.EffectiveRetryDelays, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            delivery.RecordFailure($"No answer within {_options.Timeout}.", _options.EffectiveRetryDelays, clock.GetUtcNow());
        }

        if (delivery.Status is not DeliveryStatus.Delivered)
        {
            LogNotDelivered(delivery.Id, subscriber.Id, delivery.Attempts, delivery.Problem);
        }
    }

    private HttpRequestMessage CreateRequest(WebhookDelivery delivery, WebhookSubscriber subscriber)
    {
        var id = $"msg_{delivery.MessageId:n}";
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
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

using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using ServiceBusBroker.Queues;

namespace ServiceBusBroker.Amqp;

/// <summary>The link of a receiver.</summary>
internal sealed class Consumer
{
    private const uint LongestWait = 60_000;

    private static readonly AmqpSymbol SessionFilter = "com.microsoft:session-filter";
    private static readonly AmqpSymbol Timeout = "com.microsoft:timeout";
    private static readonly AmqpSymbol LockedUntil = "com.microsoft:locked-until-utc";

    private readonly SendingAmqpLink _link;
    private readonly MessageQueue _queue;

    private Consumer(SendingAmqpLink link, MessageQueue queue)
    {
        (_link, _queue) = (link, queue);
        link.RegisterCreditListener((_, _, _) => queue.OnCredit());
        link.Opened += (_, _) => queue.OnCredit();
        link.RegisterDispositionListener(OnDisposition);
        link.Closed += (_, _) => queue.Unsubscribe(this);
    }

    /// <summary>The session that it has locked; null for none.</summary>
    public Lane? Lane { get; set; }

    /// <summary>Whether it can take a message. Credit may come before the reply to its attach, but no message may.</summary>
    public bool HasCredit => _link is { State: AmqpObjectState.Opened, LinkCredit: > 0 };

    /// <param name="link">The link.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="onSession">Throws when the broker gives no sessions now.</param>
    public static async Task AttachAsync(SendingAmqpLink link, MessageQueue queue, Action onSession)
    {
        if (link.Settings.SettleType == SettleMode.SettleOnSend)
        {
            throw BrokerErrors.NotImplemented("Receive and delete");
        }

        var consumer = new Consumer(link, queue);
        var filters = (link.Settings.Source as Source)?.FilterSet;
        if (filters?.Any(filter => filter.Key.Equals(new MapKey(SessionFilter))) != true)
        {
            queue.Subscribe(consumer);
            return;
        }

        onSession();

        // The reply to the attach names the session that was chosen; until there is one, or the client's time is over, there is no reply.
        var wait = link.Settings.Properties is { } given && given.TryGetValue<uint>(Timeout, out var limit) ? limit : LongestWait;
        await queue.AcceptSessionAsync(consumer, filters[SessionFilter] as string, TimeSpan.FromMilliseconds(wait));
        filters[SessionFilter] = consumer.Lane!.SessionId;
        link.Settings.Properties ??= [];
        link.Settings.Properties[LockedUntil] = consumer.Lane.LockedUntil.UtcTicks;
        if (link.IsClosing())
        {
            queue.Unsubscribe(consumer);
        }
    }

    /// <summary>Sends it, if the client has credit left. The tag of the delivery is the lock token.</summary>
    public bool TrySend(StoredMessage message)
    {
        var delivery = message.ToAmqp();
        delivery.DeliveryTag = new ArraySegment<byte>(message.Lock!.Token.ToByteArray());
        delivery.Settled = false;
        delivery.Batchable = true;
        return _link.TrySendDelivery(delivery);
    }

    /// <summary>Detaches the link, outside the queue's lock.</summary>
    public void CloseLater(AmqpException reason) => _ = Task.Run(() => _link.SafeClose(reason));

    private void OnDisposition(Delivery delivery)
    {
        var wasSettled = delivery.Settled;
        var outcome = _queue.Settle(new Guid(delivery.DeliveryTag.AsSpan()), delivery.State, this);
        if (!wasSettled)
        {
            _link.DisposeDelivery(delivery, settled: true, outcome);
        }
    }
}

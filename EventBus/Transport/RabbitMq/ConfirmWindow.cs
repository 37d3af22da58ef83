namespace EventBus.Transport.RabbitMq;

/// <summary>
/// The broker's words on one batch of a channel that publishes with confirms. The client's own tracking costs a task for each message and copies
/// all that are open at each word that is meant for several.
/// </summary>
/// <param name="first">The sequence number of the first message that is sent.</param>
/// <param name="messages">The batch, in the order in which it is sent.</param>
internal sealed class ConfirmWindow(ulong first, IReadOnlyList<TransportMessage> messages)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Exception?[] _results = new Exception?[messages.Count];
    private readonly bool[] _told = new bool[messages.Count];

    // A message that could not be sent has no number; those behind it move up.
    private readonly int[] _sent = new int[messages.Count];
    private int _sentCount;
    private int _open = messages.Count;
    private int _oldest;

    /// <summary>Completes when there is a word on every message, or none can come any more.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Null for each message that the broker has, else why not.</summary>
    /// <param name="silent">Told of those on which there is no word yet.</param>
    public IReadOnlyList<Exception?> Results(Func<Exception> silent)
    {
        lock (_gate)
        {
            return [.. _results.Select((result, i) => _told[i] ? result : silent())];
        }
    }

    /// <summary>The message is about to be sent: the next number is its own.</summary>
    public void Send(int index)
    {
        lock (_gate)
        {
            _sent[_sentCount++] = index;
        }
    }

    /// <summary>The message that was to be sent last was not, and has no number.</summary>
    public void NotSent(Exception fault)
    {
        lock (_gate)
        {
            Tell(_sent[--_sentCount], fault);
        }
    }

    /// <summary>The broker has taken the message, or all up to it.</summary>
    public void Confirmed(ulong number, bool multiple) => Tell(number, multiple, fault: null);

    /// <summary>The broker could not take the message, or all up to it.</summary>
    public void Refused(ulong number, bool multiple) => Tell(number, multiple, new InvalidOperationException("The broker could not take the message."));

    /// <summary>No queue takes the message. The broker says so before it confirms it; both words come in the order of sending.</summary>
    public void Returned(string? messageId, string exchange, string routingKey)
    {
        lock (_gate)
        {
            for (var i = _oldest; i < _sentCount; i++)
            {
                var index = _sent[i];
                var message = messages[index];
                if (!_told[index] && _results[index] is null
                    && message.MessageId == messageId && message.RoutingKey == routingKey && message.Exchange == exchange)
                {
                    _results[index] = new NoReceiverException(exchange, routingKey);
                    return;
                }
            }
        }
    }

    /// <summary>The channel is gone: no more words will come.</summary>
    public void End(Exception fault)
    {
        lock (_gate)
        {
            for (var index = 0; index < messages.Count; index++)
            {
                Tell(index, fault);
            }
        }
    }

    private void Tell(ulong number, bool multiple, Exception? fault)
    {
        lock (_gate)
        {
            // Words on an earlier batch, whose time was over, are not for this one.
            if (number < first || number - first >= (ulong)_sentCount)
            {
                return;
            }

            var last = (int)(number - first);
            for (var i = multiple ? _oldest : last; i <= last; i++)
            {
                Tell(_sent[i], fault);
            }

            while (_oldest < _sentCount && _told[_sent[_oldest]])
            {
                _oldest++;
            }
        }
    }

    private void Tell(int index, Exception? fault)
    {
        if (_told[index])
        {
            return;
        }

        _results[index] ??= fault;
        _told[index] = true;
        if (--_open == 0)
        {
            _settled.TrySetResult();
        }
    }
}

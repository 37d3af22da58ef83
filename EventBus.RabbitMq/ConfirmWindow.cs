using EventBus.Transport;

namespace EventBus.RabbitMq;

/// <summary>
/// The broker's answers to one batch of a channel that publishes with confirms. The client's own tracking costs a task for each message,
/// and copies all open ones at each confirm of several messages.
/// </summary>
/// <param name="first">The sequence number of the first message that is sent.</param>
/// <param name="messages">The batch, in the order in which it is sent.</param>
internal sealed class ConfirmWindow(ulong first, IReadOnlyList<AmqpMessage> messages)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Exception?[] _results = new Exception?[messages.Count];
    private readonly bool[] _answered = new bool[messages.Count];

    // A message that could not be sent gets no sequence number; the numbers of later ones shift.
    private readonly int[] _sent = new int[messages.Count];
    private int _sentCount;
    private int _open = messages.Count;
    private int _oldest;

    /// <summary>Completes when every message is answered, or no more answers can come.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Null for each message that the broker stored, otherwise the fault.</summary>
    /// <param name="silent">The fault of messages without an answer.</param>
    public IReadOnlyList<Exception?> Results(Func<Exception> silent)
    {
        lock (_gate)
        {
            return [.. _results.Select((result, i) => _answered[i] ? result : silent())];
        }
    }

    /// <summary>The message is about to be sent and gets the next sequence number.</summary>
    public void Send(int index)
    {
        lock (_gate)
        {
            _sent[_sentCount++] = index;
        }
    }

    /// <summary>The last message could not be sent and got no sequence number.</summary>
    public void NotSent(Exception fault)
    {
        lock (_gate)
        {
            Answer(_sent[--_sentCount], fault);
        }
    }

    /// <summary>The broker confirmed the message, or all up to it.</summary>
    public void Confirmed(ulong number, bool multiple) => Answer(number, multiple, fault: null);

    /// <summary>The broker rejected the message, or all up to it.</summary>
    public void Rejected(ulong number, bool multiple) =>
        Answer(number, multiple, new InvalidOperationException("The broker rejected the message."));

    /// <summary>No queue received the message. The broker returns it before it confirms it, both in the order of sending.</summary>
    public void Returned(string? messageId, string exchange, string routingKey)
    {
        lock (_gate)
        {
            for (var i = _oldest; i < _sentCount; i++)
            {
                var index = _sent[i];
                var message = messages[index];
                if (!_answered[index] && _results[index] is null
                    && message.Message.MessageId == messageId && message.RoutingKey == routingKey && message.Exchange == exchange)
                {
                    _results[index] = new NoReceiverException(routingKey);
                    return;
                }
            }
        }
    }

    /// <summary>The channel is closed: no more answers will come.</summary>
    public void End(Exception fault)
    {
        lock (_gate)
        {
            for (var index = 0; index < messages.Count; index++)
            {
                Answer(index, fault);
            }
        }
    }

    private void Answer(ulong number, bool multiple, Exception? fault)
    {
        lock (_gate)
        {
            // Late answers to an earlier batch, which timed out.
            if (number < first || number - first >= (ulong)_sentCount)
            {
                return;
            }

            var last = (int)(number - first);
            for (var i = multiple ? _oldest : last; i <= last; i++)
            {
                Answer(_sent[i], fault);
            }

            while (_oldest < _sentCount && _answered[_sent[_oldest]])
            {
                _oldest++;
            }
        }
    }

    private void Answer(int index, Exception? fault)
    {
        if (_answered[index])
        {
            return;
        }

        _results[index] ??= fault;
        _answered[index] = true;
        if (--_open == 0)
        {
            _settled.TrySetResult();
        }
    }
}

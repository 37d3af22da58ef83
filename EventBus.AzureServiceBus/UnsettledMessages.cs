using Azure.Messaging.ServiceBus;

namespace EventBus.AzureServiceBus;

/// <summary>Messages that were handed out and not settled. Each occupies a slot of the consumer.</summary>
internal sealed class UnsettledMessages(NamespaceConnection connection, SemaphoreSlim slots)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServiceBusReceivedMessage> _messages = [];
    private readonly HashSet<Task> _settling = [];
    private TaskCompletionSource? _emptied;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count == 0;
            }
        }
    }

    /// <summary>All of them, also those whose settlement the broker has not answered yet.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages.Values];
            }
        }
    }

    /// <summary>A message was handed out; its slot is taken.</summary>
    public void Add(ServiceBusReceivedMessage message)
    {
        lock (_gate)
        {
            _messages.Add(message.LockToken, message);
        }
    }

    public bool Contains(ServiceBusReceivedMessage message)
    {
        lock (_gate)
        {
            return _messages.ContainsKey(message.LockToken);
        }
    }

    /// <summary>Settles a message in the background.</summary>
    /// <param name="message">The message.</param>
    /// <param name="settleAsync">Sends the settlement to the broker.</param>
    /// <param name="onFault">Called when the broker did not accept it: it delivers the message again.</param>
    public void Settle(ServiceBusReceivedMessage message, Func<CancellationToken, Task> settleAsync, Action onFault)
    {
        if (!Contains(message))
        {
            return;
        }

        // Not cancelled when the consumer stops: it waits for what it has begun to settle.
        var settling = SettleInBackgroundAsync();
        lock (_gate)
        {
            _settling.RemoveWhere(task => task.IsCompleted);
            _settling.Add(settling);
        }

        async Task SettleInBackgroundAsync()
        {
            try
            {
                await connection.RunAsync(settleAsync, CancellationToken.None);
            }
            catch (Exception)
            {
                onFault();
            }
            finally
            {
                Remove(message);
            }
        }
    }

    /// <summary>Settles a message, and waits for the broker. If that fails, it stays unsettled.</summary>
    public async Task SettleAsync(
        ServiceBusReceivedMessage message, Func<CancellationToken, Task> settleAsync, CancellationToken cancellationToken)
    {
        await connection.RunAsync(settleAsync, cancellationToken);
        Remove(message);
    }

    /// <summary>Waits for the broker's answers to what was settled.</summary>
    public Task SettlingAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_settling);
        }
    }

    /// <summary>Waits until all are settled; false when that takes longer than the limit.</summary>
    public async Task<bool> EmptyAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        Task emptied;
        lock (_gate)
        {
            if (_messages.Count == 0)
            {
                return true;
            }

            emptied = (_emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await Task.WhenAny(emptied, Task.Delay(limit, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return emptied.IsCompleted;
    }

    /// <summary>Forgets what is not settled, and frees its slots.</summary>
    public void Clear()
    {
        foreach (var message in All)
        {
            Remove(message);
        }
    }

    private void Remove(ServiceBusReceivedMessage message)
    {
        TaskCompletionSource? emptied = null;
        lock (_gate)
        {
            if (!_messages.Remove(message.LockToken))
            {
                return;
            }

            if (_messages.Count == 0)
            {
                (emptied, _emptied) = (_emptied, null);
            }
        }

        slots.Release();
        emptied?.TrySetResult();
    }
}

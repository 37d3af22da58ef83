using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// A client of the namespace, which has one AMQP connection. The SDK would reconnect it silently; here the first fault ends it, so that
/// everything that was received over it is known to be lost.
/// </summary>
internal sealed class NamespaceConnection(ServiceBusClient client, EventBusOptions options, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>An operation usually takes less; otherwise the connection is checked.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ServiceBusSender> _senders = new();
    private readonly TaskCompletionSource<Exception> _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lost = new();
    private TaskCompletionSource _suspicion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServiceBusClient Client => client;

    /// <summary>Cancelled when the connection is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why the connection is lost.</summary>
    public Task<Exception> Fault => _fault.Task;

    /// <summary>Completes when an operation takes unusually long; the check of the connection begins a new one.</summary>
    public Task Suspicion => _suspicion.Task;

    /// <summary>A sender for a topic or queue; safe for use by several callers at the same time.</summary>
    public ServiceBusSender SenderOf(string entity) => _senders.GetOrAdd(entity, client.CreateSender);

    /// <summary>Opens a link for sending to an entity and closes it.</summary>
    /// <exception cref="ServiceBusException">The entity does not exist, or the broker cannot be reached.</exception>
    public async Task CheckSenderAsync(string entity, CancellationToken cancellationToken)
    {
        _suspicion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = client.CreateSender(entity);
        try
        {
            using var _ = await RunAsync(token => probe.CreateMessageBatchAsync(token).AsTask(), cancellationToken);
        }
        finally
        {
            await CloseAsync(probe);
        }
    }

    /// <summary>Waits for a session that has messages and locks it. The broker ends the wait after a while.</summary>
    /// <exception cref="ServiceBusException">
    /// No session had messages, the queue does not exist, or the broker cannot be reached.
    /// </exception>
    public async Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(
        QueuePlan queue, ServiceBusSessionReceiverOptions receiver, CancellationToken cancellationToken)
    {
        Activity.Current = null;
        return await (queue.Kind == MessageKind.Event
            ? client.AcceptNextSessionAsync(Entities.Topic, queue.Name, receiver, cancellationToken)
            : client.AcceptNextSessionAsync(queue.Name, receiver, cancellationToken));
    }

    public Task RunAsync(Func<CancellationToken, Task> operation, CancellationToken cancellationToken) => RunAsync(
        async token =>
        {
            await operation(token);
            return true;
        },
        cancellationToken);

    /// <summary>Runs an operation with the time limit <see cref="EventBusOptions.BrokerTimeout"/>, and reports its fault.</summary>
    /// <exception cref="TimeoutException">The broker did not answer in time; the connection is given up.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        // The SDK would write the context of the current span into a message that has none.
        Activity.Current = null;
        using var watch = clock.CreateTimer(_ => _suspicion.TrySetResult(), state: null, Usual, Timeout.InfiniteTimeSpan);
        using var deadline = new CancellationTokenSource(options.BrokerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, Lost, cancellationToken);
        try
        {
            return await operation(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The connection to Service Bus was lost.", await Fault);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var late = new TimeoutException($"Service Bus did not answer within {options.BrokerTimeout}.");
            Report(late);
            throw late;
        }
        catch (Exception fault)
        {
            Report(fault);
            throw;
        }
    }

    /// <summary>Ends the connection, if this fault means that it is lost.</summary>
    public void Report(Exception fault)
    {
        if (Faults.IsConnectionLost(fault) && _fault.TrySetResult(fault))
        {
            _lost.CancelAsync();
        }
    }

    /// <summary>Closes a sender or receiver. Waits for a limited time, not at all when the connection is lost, and never throws.</summary>
    public async Task CloseAsync(IAsyncDisposable link)
    {
        try
        {
            await link.DisposeAsync().AsTask().WaitAsync(options.BrokerTimeout, clock, Lost);
        }
        catch (Exception)
        {
            // The connection is gone, and with it the link.
        }
    }

    public async ValueTask DisposeAsync()
    {
        var isOpen = _fault.TrySetResult(new ObjectDisposedException(nameof(NamespaceConnection)));
        await _lost.CancelAsync();
        try
        {
            await client.DisposeAsync().AsTask().WaitAsync(isOpen ? options.BrokerTimeout : TimeSpan.Zero, clock);
        }
        catch (Exception)
        {
            // The broker cannot be reached; the client gives up later.
        }
    }
}

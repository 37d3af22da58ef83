using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace EventBus.AzureServiceBus;

/// <summary>Keeps one connection to the namespace: one that is lost is replaced after a random pause, again and again.</summary>
internal sealed partial class NamespaceLink(
    string appId, NamespaceAddress address, EventBusOptions options, TimeProvider clock, ILogger<NamespaceLink> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often a connection is checked, so that a silent one is noticed: soon after it was opened, because the SDK waits on a connection
    /// that the broker closed while it was opened, and then less often.
    /// </summary>
    private static readonly TimeSpan FirstCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBetweenChecks = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private TaskCompletionSource<NamespaceConnection> _connected = NewSource();
    private string? _reported;

    /// <summary>Since when there is no connection; null while there is one.</summary>
    public DateTimeOffset? DownSince { get; private set; } = clock.GetUtcNow();

    public string? LastFault { get; private set; }

    /// <summary>The connection; waits until there is one.</summary>
    public Task<NamespaceConnection> ConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _connected.Task.WaitAsync(cancellationToken);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            await using var connection = new NamespaceConnection(address.Connect(appId), options, clock);
            try
            {
                await CheckAsync(connection, cancellationToken);
                failures = 0;
                Up(connection);
                var fault = await EndOfAsync(connection, cancellationToken);
                Down(Faults.Describe(fault));
                LogLost(LastFault!);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Down("stopping");
                return;
            }
            catch (Exception fault)
            {
                Down(Faults.Describe(fault));
                Report(LastFault!);
            }

            await PauseAsync(Jitter.Backoff(++failures, FirstPause, LongestPause), cancellationToken);
        }
    }

    /// <summary>Returns the fault that ended the connection.</summary>
    private async Task<Exception> EndOfAsync(NamespaceConnection connection, CancellationToken cancellationToken)
    {
        for (var pause = FirstCheck; ; pause = Shorter(pause * 2, LongestBetweenChecks))
        {
            await Task.WhenAny(connection.Fault, connection.Suspicion, Task.Delay(Jitter.Around(pause), clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (connection.Fault.IsCompleted)
            {
                return await connection.Fault;
            }

            try
            {
                await CheckAsync(connection, cancellationToken);
            }
            catch (ServiceBusException busy) when (Faults.IsThrottled(busy))
            {
                // The broker answers, so the connection and its sessions are kept.
            }
        }
    }

    /// <summary>Asks for the right to send to the topic, which every service needs: for its events, or for copies of failed ones.</summary>
    private static async Task CheckAsync(NamespaceConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.CheckSenderAsync(Entities.Topic, cancellationToken);
        }
        catch (Exception refusal) when (Faults.IsMissing(refusal) || Faults.IsForbidden(refusal))
        {
            // The broker answers. TopologyCheck reports the topic with all the rest that is missing.
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Up(NamespaceConnection connection)
    {
        lock (_gate)
        {
            (DownSince, LastFault, _reported) = (null, null, null);
            _connected.TrySetResult(connection);
        }

        LogConnected();
    }

    private void Down(string fault)
    {
        lock (_gate)
        {
            (DownSince, LastFault) = (DownSince ?? clock.GetUtcNow(), fault);
            if (_connected.Task.IsCompleted)
            {
                _connected = NewSource();
            }
        }
    }

    /// <summary>Logs each fault once.</summary>
    private void Report(string fault)
    {
        if (_reported != fault)
        {
            _reported = fault;
            LogNotConnected(fault);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private static TaskCompletionSource<NamespaceConnection> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace EventBus.Transport.RabbitMq;

/// <summary>
/// One connection to the broker, kept alive by us: the client's automatic recovery can hang for minutes, or for ever with confirms on. Each
/// connection declares the topology before anybody gets it; a lost one is replaced after a jittered pause, for as long as it takes.
/// </summary>
internal sealed partial class BrokerLink(
    string purpose,
    string clientName,
    IConnectionFactory factory,
    TopologyDeclarer topology,
    EventBusOptions options,
    TimeProvider time,
    ILogger<BrokerLink> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A broker with its plugins takes more than a minute on a machine where all starts at once.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _began = time.GetUtcNow();
    private bool _wasConnected;
    private (string Fault, bool IsStarting)? _reported;
    private TaskCompletionSource<IConnection> _connected = NewSource();
    private TaskCompletionSource _unblocked = Completed();

    public string Purpose => purpose;

    /// <summary>Since when there is no connection; null while there is.</summary>
    public DateTimeOffset? DownSince { get; private set; } = time.GetUtcNow();

    public string? LastFault { get; private set; }

    /// <summary>Why the broker takes nothing from us now, as in <c>low on memory</c>; null when it does.</summary>
    public string? Blocked { get; private set; }

    /// <summary>The connection; waits until there is one.</summary>
    public Task<IConnection> ConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _connected.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits while the broker has blocked the connection.</summary>
    public Task UnblockedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _unblocked.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Declares the topology again: a part of it is gone.</summary>
    public Task DeclareAsync(IConnection connection, CancellationToken cancellationToken) => topology.DeclareAsync(connection, cancellationToken);

    /// <summary>Gives up a connection that does not answer, so that another takes its place.</summary>
    public async Task AbandonAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync().WaitAsync(options.BrokerTimeout, time);
        }
        catch (Exception fault)
        {
            LogAbandonFailed(fault, purpose);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                await using var connection = await ConnectAsync(cancellationToken);
                var ended = EndOf(connection);
                await topology.DeclareAsync(connection, cancellationToken);

                (failures, _wasConnected, _reported) = (0, true, null);
                Up(connection);
                var reason = await ended.WaitAsync(cancellationToken);
                Down(reason);
                LogLost(purpose, reason);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Down("stopping");
                return;
            }
            catch (Exception fault)
            {
                var cause = fault.GetBaseException();
                Down(cause.Message);
                Report(cause);
            }

            await PauseAsync(Jitter.Backoff(++failures, FirstPause, LongestPause), cancellationToken);
        }
    }

    /// <summary>Logs each fault once. Where everything starts together, a broker that is not there yet is none, unless that takes too long.</summary>
    private void Report(Exception cause)
    {
        var isStarting = !_wasConnected && time.GetUtcNow() - _began < StartLimit && cause is SocketException or IOException;
        if (_reported == (cause.Message, isStarting))
        {
            return;
        }

        _reported = (cause.Message, isStarting);
        if (isStarting)
        {
            LogNotStarted(purpose, cause.Message);
        }
        else
        {
            LogNotConnected(purpose, cause.Message);
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.BrokerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var connection = await factory.CreateConnectionAsync($"{clientName} {purpose}", either.Token);

        connection.ConnectionBlockedAsync += (_, blocked) => SetBlocked(blocked.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => SetBlocked(null);
        return connection;
    }

    private static Task<string> EndOf(IConnection connection)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, shutdown) =>
        {
            ended.TrySetResult(shutdown.ReplyText);
            return Task.CompletedTask;
        };

        if (!connection.IsOpen)
        {
            ended.TrySetResult(connection.CloseReason?.ReplyText ?? "closed");
        }

        return ended.Task;
    }

    private void Up(IConnection connection)
    {
        lock (_gate)
        {
            (DownSince, LastFault) = (null, null);
            _connected.TrySetResult(connection);
        }

        LogConnected(purpose);
    }

    private void Down(string fault)
    {
        lock (_gate)
        {
            (DownSince, LastFault, Blocked) = (DownSince ?? time.GetUtcNow(), fault, null);
            _unblocked.TrySetResult();
            if (_connected.Task.IsCompleted)
            {
                _connected = NewSource();
            }
        }
    }

    private Task SetBlocked(string? reason)
    {
        lock (_gate)
        {
            Blocked = reason;
            if (reason is null)
            {
                _unblocked.TrySetResult();
            }
            else if (_unblocked.Task.IsCompleted)
            {
                _unblocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        LogBlocked(purpose, reason ?? "no more");
        return Task.CompletedTask;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop ends by itself.
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private static TaskCompletionSource<IConnection> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

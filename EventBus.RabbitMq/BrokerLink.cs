using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.RabbitMq;

/// <summary>
/// One connection to the broker. The client's automatic recovery is off, because it can hang for minutes, or endlessly with confirms on: a
/// lost connection is replaced after a random pause, again and again. Each new connection declares the topology before it is used.
/// </summary>
internal sealed partial class BrokerLink(
    string purpose,
    string clientName,
    IConnectionFactory factory,
    TopologyDeclarer topology,
    EventBusOptions options,
    TimeProvider clock,
    ILogger<BrokerLink> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A broker with its plugins takes more than a minute to start where everything starts at once.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private bool _wasConnected;
    private (string Fault, bool IsStarting)? _reported;
    private TaskCompletionSource<IConnection> _connected = NewSource();
    private TaskCompletionSource _unblocked = Completed();

    public string Purpose => purpose;

    /// <summary>Since when there is no connection; null while there is one.</summary>
    public DateTimeOffset? DownSince { get; private set; } = clock.GetUtcNow();

    public string? LastFault { get; private set; }

    /// <summary>Why the broker blocks this connection, as in <c>low on memory</c>; null when it does not.</summary>
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

    /// <summary>Declares the topology again, after a part of it was deleted.</summary>
    public Task DeclareAsync(IConnection connection, CancellationToken cancellationToken) =>
        topology.DeclareAsync(connection, cancellationToken);

    /// <summary>Closes a connection that does not answer, so that it is replaced.</summary>
    public async Task AbandonAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync().WaitAsync(options.BrokerTimeout, clock);
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

    /// <summary>
    /// Logs each fault once. A broker that is still starting is not logged as a warning, unless it takes too long; its accounts are created
    /// last.
    /// </summary>
    private void Report(Exception cause)
    {
        var isStarting = !_wasConnected && clock.GetUtcNow() - _began < StartLimit
            && cause is SocketException or IOException or PossibleAuthenticationFailureException;
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
        using var deadline = new CancellationTokenSource(options.BrokerTimeout, clock);
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
            (DownSince, LastFault, Blocked) = (DownSince ?? clock.GetUtcNow(), fault, null);
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

        if (reason is null)
        {
            LogUnblocked(purpose);
        }
        else
        {
            LogBlocked(purpose, reason);
        }

        return Task.CompletedTask;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop ends.
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

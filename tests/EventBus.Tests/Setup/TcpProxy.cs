using System.Net;
using System.Net.Sockets;
using System.Text;
using Servers;

namespace EventBus.Tests.Setup;

/// <summary>A link between a service and a server that a test can cut, freeze and mend. Closed until mended.</summary>
internal sealed class TcpProxy(string host, int port) : IAsyncDisposable
{
    private readonly DnsEndPoint _target = new(host, port);
    private readonly ReservedPort _reserved = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private TaskCompletionSource _flowing = Completed();
    private TaskCompletionSource _answering = Completed();
    private byte[]? _trigger;
    private TcpListener? _listener;

    public int Port => _reserved.Number;

    /// <summary>Connections pass through.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _flowing.TrySetResult();
            _answering.TrySetResult();
            if (_listener is null)
            {
                _listener = _reserved.Listen();
                _ = AcceptAsync(_listener);
            }
        }
    }

    /// <summary>Existing connections are reset, new ones refused.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _listener?.Stop();
            _listener = null;
            foreach (var socket in _sockets)
            {
                socket.Close(timeout: 0);
            }

            _sockets.Clear();
        }
    }

    /// <summary>Connections stay open and carry nothing.</summary>
    public void Freeze()
    {
        lock (_gate)
        {
            _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Data from the service arrives, but no answers return.</summary>
    public void FreezeAnswers()
    {
        lock (_gate)
        {
            _answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Data from the service arrives. After it has sent this text, no answers return.</summary>
    public void FreezeAnswersTo(string text)
    {
        lock (_gate)
        {
            _trigger = Encoding.ASCII.GetBytes(text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _flowing.TrySetResult();
        _answering.TrySetResult();
        await _disposed.CancelAsync();
        _reserved.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(_disposed.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                lock (_gate)
                {
                    _sockets.AddRange([client, server]);
                }

                try
                {
                    await server.ConnectAsync(_target, _disposed.Token);
                }
                catch (SocketException)
                {
                    // The server is down, so this connection is closed. The next one may succeed.
                    client.Close(timeout: 0);
                    server.Dispose();
                    continue;
                }

                _ = PumpAsync(client, server, sent =>
                {
                    Inspect(sent.Span);
                    return _flowing.Task;
                });
                _ = PumpAsync(server, client, _ => Task.WhenAll(_flowing.Task, _answering.Task));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }

    private void Inspect(ReadOnlySpan<byte> sent)
    {
        lock (_gate)
        {
            if (_trigger is not null && sent.IndexOf(_trigger) >= 0)
            {
                _trigger = null;
                _answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, Task> open)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _disposed.Token) is > 0 and var count)
            {
                await open(buffer.AsMemory(0, count)).WaitAsync(_disposed.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _disposed.Token);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection was cut, or one side closed it.
        }

        from.Dispose();
        to.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }
}

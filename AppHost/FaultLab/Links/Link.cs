using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AppHost.FaultLab.Links;

/// <summary>A TCP proxy on loopback before a server, which can cut connections or delay what they carry.</summary>
/// <remarks>
/// While it is cut, it accepts a connection and resets it. It never gives up its port: that is one of those that the operating system hands
/// out, so another program could get it, even a client that tries to connect to it.
/// </remarks>
internal sealed class Link : IDisposable
{
    private readonly Func<DnsEndPoint?> _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Connection, bool> _connections = new();
    private volatile bool _isCut;
    private long _delay;

    /// <param name="server">The address of the server; null while it is not known yet.</param>
    public Link(Func<DnsEndPoint?> server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long data waits here, in both directions. Default: zero. Infinite: nothing is forwarded.</summary>
    public TimeSpan Delay
    {
        get => new(Volatile.Read(ref _delay));
        set => Volatile.Write(ref _delay, value.Ticks);
    }

    /// <summary>Resets all connections, and new ones until <see cref="Restore"/>.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    public void Restore() => _isCut = false;

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = new Connection(client);
        _connections.TryAdd(connection, true);
        try
        {
            if (!_isCut && _server() is { } server)
            {
                await connection.OpenAsync(server);
                await Task.WhenAny(
                    ForwardAsync(connection.Client, connection.Server, connection.Ended),
                    ForwardAsync(connection.Server, connection.Client, connection.Ended));
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // The server does not listen, or the connection was cut. The client sees a reset.
        }

        if (_isCut || !connection.IsOpen)
        {
            connection.Reset();
        }

        _connections.TryRemove(connection, out _);
    }

    private async Task ForwardAsync(TcpClient from, TcpClient to, CancellationToken ended)
    {
        try
        {
            var buffer = new byte[65536];
            var (source, target) = (from.GetStream(), to.GetStream());
            while (await source.ReadAsync(buffer, ended) is var count and > 0)
            {
                if (Delay != TimeSpan.Zero)
                {
                    await Task.Delay(Delay, ended);
                }

                await target.WriteAsync(buffer.AsMemory(0, count), ended);
            }
        }
        catch (Exception fault) when (
            fault is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // One end is closed; the other follows.
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private readonly Socket _clientSocket;
        private readonly Socket _serverSocket;

        public Connection(TcpClient client)
        {
            Client = client;
            client.NoDelay = Server.NoDelay = true;
            (_clientSocket, _serverSocket) = (client.Client, Server.Client);
        }

        public TcpClient Client { get; }

        public TcpClient Server { get; } = new(AddressFamily.InterNetwork);

        public CancellationToken Ended => _ended.Token;

        public bool IsOpen { get; private set; }

        public async Task OpenAsync(DnsEndPoint server)
        {
            await Server.ConnectAsync(server.Host, server.Port, Ended);
            IsOpen = true;
        }

        /// <summary>Both ends see that the connection broke, not that the other side closed it.</summary>
        public void Reset()
        {
            // Without a timeout, closing a socket sends a reset.
            _clientSocket.Close(timeout: 0);
            _serverSocket.Close(timeout: 0);
        }

        public void Dispose()
        {
            _ended.Cancel();
            Client.Dispose();
            Server.Dispose();
            _ended.Dispose();
        }
    }
}

using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;

namespace Servers;

/// <summary>A proxy before a server, which can refuse connections or stop forwarding.</summary>
public sealed class Gate : IDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly ReservedPort _reserved = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private TcpListener? _listener;
    private volatile TaskCompletionSource _forwarding = Completed();

    private Gate(string host, int port)
    {
        (_host, _port) = (host, port);
        Open();
    }

    public int Port => _reserved.Number;

    /// <summary>A gate before the server of this database, and the connection string that leads through it.</summary>
    public static (Gate Gate, string ConnectionString) Before(string database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database);
        var gate = new Gate(settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", gate.Port);
        return (gate, settings.ConnectionString);
    }

    /// <summary>A gate before this broker, and the address that leads through it.</summary>
    public static (Gate Gate, string Address) BeforeBroker(string messaging)
    {
        var address = new UriBuilder(messaging);
        var gate = new Gate(address.Host, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", gate.Port);
        return (gate, $"{address}");
    }

    /// <summary>Ends all connections and refuses new ones.</summary>
    public void Close()
    {
        _listener?.Stop();
        while (_clients.TryTake(out var client))
        {
            client.Dispose();
        }
    }

    public void Open()
    {
        _listener = _reserved.Listen();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Accepts connections and forwards nothing.</summary>
    public void Hang() => _forwarding = new TaskCompletionSource();

    public void Dispose()
    {
        Close();
        _reserved.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            var server = new TcpClient();
            _clients.Add(client);
            _clients.Add(server);
            await server.ConnectAsync(_host, _port);
            _ = ForwardAsync(client, server);
            _ = ForwardAsync(server, client);
        }
    }

    private async Task ForwardAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[8192];
            while (await from.GetStream().ReadAsync(buffer) is var count and > 0)
            {
                await _forwarding.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (
            exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is closed; the other follows.
        }

        from.Dispose();
        to.Dispose();
    }
}

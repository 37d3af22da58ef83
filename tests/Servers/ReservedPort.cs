using System.Net;
using System.Net.Sockets;

namespace Servers;

/// <summary>
/// A free port of loopback that stays reserved while nothing listens: it refuses connections, and the system gives it to no other process
/// or connection.
/// </summary>
public sealed class ReservedPort : IDisposable
{
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort()
    {
        _bound.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Number => ((IPEndPoint)_bound.LocalEndPoint!).Port;

    /// <summary>A listener at this port, which can be stopped and replaced by another one.</summary>
    public TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, Number);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        return listener;
    }

    public void Dispose() => _bound.Dispose();
}

using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Run;

/// <summary>
/// One address for several processes, or for one that listens elsewhere: each connection goes to the next one that answers. Where the process
/// itself has the address there is nothing to do.
/// </summary>
internal sealed class ReplicaProxy : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<TcpListener> _listeners = [];

    private ReplicaProxy()
    {
    }

    public static ReplicaProxy Start(IResource resource, IReadOnlyList<Replica> replicas)
    {
        var proxy = new ReplicaProxy();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedEndpoint is not null))
        {
            int[] targets = [.. replicas.Select(replica => replica.TargetPorts[endpoint.Name])];
            if (targets.Contains(endpoint.AllocatedEndpoint!.Port))
            {
                continue;
            }

            proxy.Listen(IPAddress.Loopback, endpoint.AllocatedEndpoint.Port, targets);
            if (Socket.OSSupportsIPv6)
            {
                proxy.Listen(IPAddress.IPv6Loopback, endpoint.AllocatedEndpoint.Port, targets);
            }
        }

        return proxy;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        _stopping.Dispose();
    }

    private void Listen(IPAddress address, int port, int[] targets)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // A machine whose IPv6 is compiled in but switched off.
            listener.Dispose();
            return;
        }

        _listeners.Add(listener);
        _ = AcceptAsync(listener, targets, _stopping.Token);
    }

    private static async Task AcceptAsync(TcpListener listener, int[] targets, CancellationToken cancellationToken)
    {
        var turn = 0u;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(cancellationToken);
                _ = ServeAsync(client, [.. Enumerable.Range(0, targets.Length).Select(step => targets[(turn + step) % targets.Length])], cancellationToken);
                turn++;
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client gave up before it was accepted.
            }
        }
    }

    private static async Task ServeAsync(Socket client, int[] targets, CancellationToken cancellationToken)
    {
        using (client)
        using (var server = await ConnectAsync(targets, cancellationToken))
        {
            if (server is null)
            {
                return;
            }

            client.NoDelay = true;
            await Task.WhenAll(CopyAsync(client, server, cancellationToken), CopyAsync(server, client, cancellationToken));
        }
    }

    private static async Task<Socket?> ConnectAsync(int[] targets, CancellationToken cancellationToken)
    {
        // Some development servers listen at one of the two loopback addresses only.
        foreach (var target in targets.SelectMany(port => new[] { new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.IPv6Loopback, port) }))
        {
            var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(target, cancellationToken);
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // This one is starting or down: the next may not be.
                socket.Dispose();
            }
        }

        return null;
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone: end the other too.
            from.Close();
            to.Close();
        }
    }
}

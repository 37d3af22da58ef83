using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Aspire.Hosting.Endpoints;

/// <summary>
/// Hands out free ports, each once. They are below those that the system takes for outgoing connections, and none of those that launch settings
/// name for dashboards: another AppHost may want to start there.
/// </summary>
internal static class PortAllocator
{
    private const int First = 10_000;
    private const int Last = 32_767;
    private const int FirstOfDashboards = 15_000;
    private const int LastOfDashboards = 23_999;

    // One for the whole process: two AppHosts of one test run must not get the same.
    private static readonly HashSet<int> Taken = [];

    public static int Take()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last + 1);
            lock (Taken)
            {
                if (port is (< FirstOfDashboards or > LastOfDashboards) && IsFree(port) && Taken.Add(port))
                {
                    return port;
                }
            }
        }

        throw new DistributedApplicationException($"No free port was found between {First} and {Last}.");
    }

    public static void Return(IEnumerable<int> ports)
    {
        lock (Taken)
        {
            Taken.ExceptWith(ports);
        }
    }

    /// <summary>Whether nothing listens there, on any address.</summary>
    public static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Catalog;

/// <summary>
/// Sends requests over several connections, one after another on each. It uses sockets, because HttpClient would need as much processor
/// time as the measured server.
/// </summary>
internal static class HttpLoad
{
    private const int Connections = 16;

    /// <param name="server">The address of the server.</param>
    /// <param name="path">Returns the path of a request from its number.</param>
    /// <param name="duration">The duration of the load.</param>
    /// <param name="cancellationToken">Stops the load early.</param>
    /// <returns>The number of answers per second.</returns>
    /// <exception cref="InvalidOperationException">An answer has a status other than 200.</exception>
    public static async Task<double> RunAsync(Uri server, Func<int, string> path, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => AskAsync(server, path, started, duration, cancellationToken)));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<int> AskAsync(
        Uri server, Func<int, string> path, long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        var buffer = new byte[64 * 1024];
        var count = 0;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var request = Encoding.ASCII.GetBytes(
                $"GET {path(count)} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: application/json\r\n\r\n");
            await socket.SendAsync(request, cancellationToken);
            await ReceiveAsync(socket, buffer, cancellationToken);
            count++;
        }

        return count;
    }

    /// <summary>Reads one answer with a Content-Length, which all our answers have.</summary>
    private static async Task ReceiveAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var (received, expected) = (0, int.MaxValue);
        while (received < expected)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(received), cancellationToken);
            if (count == 0)
            {
                throw new InvalidOperationException("The server hung up.");
            }

            received += count;
            if (expected == int.MaxValue)
            {
                expected = LengthOf(buffer.AsSpan(0, received)) ?? int.MaxValue;
            }
        }
    }

    /// <summary>Of head and body together; null while the head is not complete.</summary>
    private static int? LengthOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var head = Encoding.ASCII.GetString(answer[..end]);
        const string Length = "Content-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || at < 0)
        {
            throw new InvalidOperationException($"Not an answer to measure: {head}");
        }

        var value = head.AsSpan(at + Length.Length);
        var line = value.IndexOf('\r');
        return end + 4 + int.Parse(line < 0 ? value : value[..line], CultureInfo.InvariantCulture);
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Dashboard.Following;

/// <summary>
/// Cuts a stream into lines. It reads ahead from its creation on: the dashboard silently drops a follower's oldest items once the follower
/// is 1,000 items behind.
/// </summary>
/// <param name="stream">UTF-8, lines end with <c>\n</c>.</param>
/// <param name="readAhead">Bytes that may wait for the consumer.</param>
public sealed class LineReader(Stream stream, long readAhead) : IAsyncDisposable
{
    private const int LongestLine = 16 << 20;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: Math.Max(readAhead, 2L * LongestLine), resumeWriterThreshold: LongestLine, useSynchronizationContext: false));
    private Task _filling = Task.CompletedTask;

    public static LineReader Start(Stream stream, long readAhead)
    {
        var reader = new LineReader(stream, readAhead);
        reader._filling = reader.FillAsync(reader._stopping.Token);
        return reader;
    }

    /// <summary>The lines. What follows the last line end is part of a line that was cut off, and is left out.</summary>
    /// <exception cref="IOException">The stream broke, or a line is longer than 16 MB.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _pipe.Reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return buffer.Slice(0, end).ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (buffer.Length > LongestLine)
            {
                throw new IOException($"A line is longer than {LongestLine} bytes.");
            }

            _pipe.Reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _pipe.Reader.CompleteAsync();
        await _filling;
        _stopping.Dispose();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            await stream.CopyToAsync(_pipe.Writer, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The reader throws it after the lines that came before it.
            fault = exception;
        }

        await _pipe.Writer.CompleteAsync(fault);
    }
}

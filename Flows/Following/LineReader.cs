using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Flows.Following;

/// <summary>
/// Splits a stream into lines. It reads ahead as soon as it is created, because the dashboard silently drops the oldest items when a client
/// is 1,000 items behind.
/// </summary>
/// <param name="stream">UTF-8 text with lines that end with <c>\n</c>.</param>
public sealed class LineReader(Stream stream) : IAsyncDisposable
{
    private const int LongestLine = 16 << 20;
    private const int ReadAhead = 32 << 20;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: ReadAhead, resumeWriterThreshold: LongestLine, useSynchronizationContext: false));
    private Task _filling = Task.CompletedTask;

    public static LineReader Start(Stream stream)
    {
        var reader = new LineReader(stream);
        reader._filling = reader.FillAsync(reader._stopping.Token);
        return reader;
    }

    /// <summary>The complete lines. An incomplete line at the end of the stream is left out.</summary>
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
            // The consumer gets this exception after the lines that were read before it.
            fault = exception;
        }

        await _pipe.Writer.CompleteAsync(fault);
    }
}

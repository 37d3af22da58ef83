using System.Text;

namespace Journeys;

/// <summary>Passes on what AppHost prints, and keeps it.</summary>
/// <remarks>
/// Writes to the stream, not to the writer that was <see cref="Console.Out"/> before: that writer waits for the lock of
/// <see cref="Console.Out"/> while it holds its own, and the copy would take both in the other order.
/// </remarks>
internal sealed class ConsoleCopy : TextWriter
{
    private readonly StreamWriter _console = new(Console.OpenStandardOutput()) { AutoFlush = true };
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => _console.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (_text)
        {
            _text.Append(value);
        }

        _console.Write(value);
    }

    public override string ToString()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }
}

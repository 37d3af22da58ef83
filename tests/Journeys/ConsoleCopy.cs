using System.Text;

namespace Journeys;

/// <summary>Passes on what AppHost prints, and keeps it.</summary>
internal sealed class ConsoleCopy(TextWriter console) : TextWriter
{
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => console.Encoding;

    public override void Write(char value)
    {
        lock (_text)
        {
            _text.Append(value);
        }

        console.Write(value);
    }

    public override string ToString()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }
}

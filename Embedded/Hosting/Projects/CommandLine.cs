using System.Text;

namespace Aspire.Hosting.Projects;

internal static class CommandLine
{
    /// <summary>Splits <c>--name "two words"</c> into two arguments.</summary>
    public static IEnumerable<string> Split(string line)
    {
        var argument = new StringBuilder();
        var (quoted, started) = (false, false);
        foreach (var c in line)
        {
            if (c == '"')
            {
                (quoted, started) = (!quoted, true);
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                if (started)
                {
                    yield return argument.ToString();
                    argument.Clear();
                    started = false;
                }
            }
            else
            {
                argument.Append(c);
                started = true;
            }
        }

        if (started)
        {
            yield return argument.ToString();
        }
    }
}

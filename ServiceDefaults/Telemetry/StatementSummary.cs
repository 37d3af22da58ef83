using System.Buffers;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Summarizes SQL by its keywords: <c>SELECT catalogdb.products</c>. Contains no values. This is not a parser: a wrong guess only makes a
/// wrong span name.
/// </summary>
internal static class StatementSummary
{
    private const int MaxStatements = 3;
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n(),;");

    /// <param name="text">One statement, or several with semicolons between them.</param>
    /// <param name="database">Put before a table that has no schema.</param>
    public static string Of(ReadOnlySpan<char> text, string? database)
    {
        var summaries = new List<string>();
        while (summaries.Count < MaxStatements)
        {
            var summary = OfOne(text, database);
            if (summary.Length > 0 && !summaries.Contains(summary))
            {
                summaries.Add(summary);
            }

            var end = text.IndexOf(';');
            if (end < 0)
            {
                break;
            }

            text = text[(end + 1)..];
        }

        return summaries.Count > 0 ? string.Join("; ", summaries) : database ?? "SQL";
    }

    private static string OfOne(ReadOnlySpan<char> text, string? database)
    {
        text = SkipComments(text);
        var verb = FirstWord(text);
        var rest = text[verb.Length..];
        return verb switch
        {
            _ when Is(verb, "select") => Name("SELECT", Source(rest), database),
            _ when Is(verb, "insert") => Name("INSERT", After(rest, "into"), database),
            _ when Is(verb, "update") => Name("UPDATE", rest, database),
            _ when Is(verb, "delete") => Name("DELETE", After(rest, "from"), database),
            _ when Is(verb, "merge") => Name("MERGE", After(rest, "into"), database),
            // with due as (delete from messaging.scheduled …) insert …: named by its first step.
            _ when Is(verb, "with") => OfOne(After(After(rest, "as"), "("), database),
            _ => verb.ToString().ToUpperInvariant(),
        };
    }

    private static string Name(string verb, ReadOnlySpan<char> target, string? database)
    {
        target = target.TrimStart();
        var name = FirstWord(target);
        if (name.IsEmpty)
        {
            return verb;
        }

        // Only a select can have a function here: in insert into products(name), the parentheses hold columns.
        var isFunction = verb == "SELECT" && IsCall(target);
        var plain = name.ToString().Replace("\"", "", StringComparison.Ordinal);
        var isComplete = isFunction || database is null || plain.Contains('.', StringComparison.Ordinal);
        return isComplete ? $"{verb} {plain}" : $"{verb} {database}.{plain}";
    }

    /// <summary>The source of a select; without a <c>from</c>, the function that it calls.</summary>
    private static ReadOnlySpan<char> Source(ReadOnlySpan<char> rest)
    {
        var source = After(rest, "from");
        while (source.TrimStart().StartsWith("(", StringComparison.Ordinal))
        {
            source = After(source, "from");
        }

        return source.IsEmpty && IsCall(rest.TrimStart()) ? rest : source;
    }

    private static bool IsCall(ReadOnlySpan<char> text) =>
        FirstWord(text) is { Length: > 0 } name && text[name.Length..].StartsWith("(", StringComparison.Ordinal);

    /// <summary>The text after the first occurrence of a word; empty if there is none.</summary>
    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string word)
    {
        while (text.IndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            var isWord = (at == 0 || Separators.Contains(text[at - 1]))
                && (at + word.Length == text.Length || Separators.Contains(text[at + word.Length]));
            text = text[(at + word.Length)..];
            if (isWord || word == "(")
            {
                return text;
            }
        }

        return [];
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text) =>
        text.IndexOfAny(Separators) is var end and >= 0 ? text[..end] : text;

    // EF puts a query's tag in front of it: -- Orders of a buyer
    private static ReadOnlySpan<char> SkipComments(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        while (text.StartsWith("--", StringComparison.Ordinal))
        {
            text = text.IndexOf('\n') is var end and >= 0 ? text[(end + 1)..].TrimStart() : [];
        }

        return text;
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using ServiceDefaults.Text;

namespace Catalog.Api.Items;

/// <summary>The words of a search, and for each the spellings that count: as typed, or corrected.</summary>
public sealed record SearchText(IReadOnlyList<IReadOnlyList<string>> Words)
{
    /// <param name="text">Valid Unicode.</param>
    public static SearchText From(string text) => new([.. SearchWords.Of(text).Select(typed => new[] { typed })]);

    /// <summary>The number of the product that the search may mean, for example 42 or #42; null if it is not a number.</summary>
    public int? ProductId => Words is [[var word]] && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : null;

    /// <summary>The search as text: each word as it was typed, or its best correction.</summary>
    public string Text => string.Join(' ', Words.Select(spellings => spellings[0]));

    /// <summary>Adds the condition of this level to a query on products.</summary>
    public void AppendTo(SqlText sql, SearchLevel level)
    {
        // Punctuation alone finds nothing.
        if (Words.Count == 0)
        {
            sql.Append(" and false");
            return;
        }

        sql.Append(" and (true");
        foreach (var spellings in Words)
        {
            sql.Append(" and (");
            AppendMatch(sql, level, spellings);
            if (level is SearchLevel.Text)
            {
                // "the" or "with": it has no meaning of its own and stands in no search text.
                sql.Append(" or numnode(to_tsquery('english', ").Add(AnyOf(spellings, "")).Append(")) = 0");
            }

            sql.Append(")");
        }

        if (level is SearchLevel.Text)
        {
            // So that such words alone do not find everything.
            sql.Append(" and ");
            AppendMatch(sql, level, Words.SelectMany(spellings => spellings));
        }

        if (ProductId is { } id)
        {
            sql.Append(" or id = ").Add(id);
        }

        sql.Append(")");
    }

    /// <summary>
    /// Adds the order: the product with this number, names that begin with the text, then by where the words are (name, then type and
    /// brand, then description) and how often, what is in stock first.
    /// </summary>
    public void AppendOrderTo(SqlText sql)
    {
        sql.Append(" order by id = ").Add(ProductId ?? 0)
            .Append(" desc, lower(name) like ").Add($"{Text}%")
            .Append(" desc, round(ts_rank('{0.1, 0.1, 0.3, 1}', search, to_tsquery('simple', ")
            .Add(string.Join(" & ", Words.Select(spellings => $"({AnyOf(spellings, ":*")})")))
            .Append("))::numeric, 2) desc, on_hand > reserved desc, name, id");
    }

    private static void AppendMatch(SqlText sql, SearchLevel level, IEnumerable<string> words)
    {
        sql.Append("search @@ (to_tsquery('simple', ").Add(AnyOf(words, ":*AB")).Append(")");
        if (level is SearchLevel.Text)
        {
            sql.Append(" || to_tsquery('english', ").Add(AnyOf(words, ":D")).Append(")");
        }

        sql.Append(")");
    }

    private static string AnyOf(IEnumerable<string> spellings, string suffix) =>
        string.Join(" | ", spellings.Select(word => $"{word}{suffix}"));
}

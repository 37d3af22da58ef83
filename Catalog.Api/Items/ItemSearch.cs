using Npgsql;

namespace Catalog.Api.Items;

/// <summary>Asks with more and more tolerance until something is found: words, then all text, then corrected words.</summary>
internal static class ItemSearch
{
    /// <param name="connection">The connection of the query.</param>
    /// <param name="filter">What is asked for.</param>
    /// <param name="query">Runs the query for a level and a filter, whose search is another one than asked for if it was corrected.</param>
    /// <param name="hasFound">Whether an answer has any product.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<T> RunAsync<T>(
        NpgsqlConnection connection, ItemFilter filter, Func<SearchLevel, ItemFilter, Task<T>> query, Func<T, bool> hasFound,
        CancellationToken cancellationToken)
    {
        var answer = await query(SearchLevel.Words, filter);
        if (filter.Search is not { } search || hasFound(answer))
        {
            return answer;
        }

        answer = await query(SearchLevel.Text, filter);
        if (hasFound(answer) || filter.IsExact
            || Spelling.Correct(search, await ReadVocabularyAsync(connection, cancellationToken)) is not { } corrected)
        {
            return answer;
        }

        return await query(SearchLevel.Words, filter with { Search = corrected });
    }

    // Reads all products, so it costs more than the search; it runs only when nothing was found, and the answer is cached.
    private static async Task<List<string>> ReadVocabularyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select word from ts_stat('select search from products where discontinued_at is null', 'ab')", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var words = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            words.Add(reader.GetString(0));
        }

        return words;
    }
}

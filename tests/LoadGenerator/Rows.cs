using Npgsql;

namespace LoadGenerator;

/// <summary>What a query of the books returns.</summary>
internal static class Rows
{
    /// <param name="database">The connection string.</param>
    /// <param name="sql">With <c>$1</c> for the orders, if there are any.</param>
    /// <param name="orders">The ids of orders; null for a query without them.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<List<T>> ReadAsync<T>(
        string database, string sql, Guid[]? orders, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        if (orders is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = orders });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>A fault of the books with at most five examples; none if nothing was found.</summary>
    public static IEnumerable<string> Fault(string fault, IEnumerable<string> found) => found.ToArray() is { Length: > 0 } all
        ? [$"{all.Length} {fault}: {string.Join(", ", all.Take(5))}"]
        : [];
}

using Npgsql;

namespace Catalog.Api.Pictures;

/// <summary>Reads the picture of a product: an uploaded one from the database, another one from its file.</summary>
public sealed class PictureReads(CatalogReads reads, PictureFiles files)
{
    /// <summary>
    /// The picture and its version, or null if the product does not exist. A product that is no longer sold keeps its picture, because
    /// orders show it.
    /// </summary>
    public async Task<(Picture Picture, string Version)?> FindAsync(int productId, int width, CancellationToken cancellationToken)
    {
        var found = await reads.RunAsync(
            (connection, cancellation) => FindAsync(connection, productId, width, cancellation), cancellationToken);
        return found is var (fileName, bytes)
            ? (PictureOf(fileName, bytes, width), files.VersionOf(fileName))
            : null;
    }

    private Picture PictureOf(string fileName, byte[]? bytes, int width) =>
        bytes is not null ? new Picture(bytes, "image/webp", $"\"{PictureNames.HashOf(bytes)}\"")
        : files.Find(fileName, width) ?? files.ReadPlaceholder(width);

    // The nearest size that is not smaller, or else the largest: a small original has no large sizes.
    private static async Task<(string FileName, byte[]? Bytes)?> FindAsync(
        NpgsqlConnection connection, int productId, int width, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select coalesce(p.picture_file_name, ''), s.bytes
            from products p left join lateral (
                select bytes from pictures where file_name = p.picture_file_name
                order by width >= $2 desc, abs(width - $2) limit 1) s on true
            where p.id = $1
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = productId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = width });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1))
            : null;
    }
}

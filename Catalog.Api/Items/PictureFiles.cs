using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Catalog.Api.Items;

/// <summary>Pictures by file name, read once and kept in memory: all pictures of the shop have about one megabyte.</summary>
public sealed class PictureFiles(IOptions<CatalogOptions> options)
{
    private const string Placeholder = "placeholder.webp";

    private readonly ConcurrentDictionary<string, Picture> _read = new(StringComparer.Ordinal);
    private readonly FileExtensionContentTypeProvider _contentTypes = new();
    private readonly string _own = Path.Combine(AppContext.BaseDirectory, "Seed", "Pictures");

    /// <summary>The picture with this name, or a placeholder if the file does not exist.</summary>
    public async Task<Picture> ReadAsync(string fileName, CancellationToken cancellationToken) =>
        await FindAsync(Folder, fileName, cancellationToken)
        ?? await FindAsync(_own, Placeholder, cancellationToken)
        ?? throw new FileNotFoundException($"The picture {Placeholder} was not installed with the service.",
            Path.Combine(_own, Placeholder));

    private string Folder => options.Value switch
    {
        { PicturesFolder: { } folder } => folder,
        { SeedFile: { } seed } => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(seed))!, "Pictures"),
        _ => _own,
    };

    private async Task<Picture?> FindAsync(string folder, string fileName, CancellationToken cancellationToken)
    {
        // Requests are checked when a product is saved; this check is for names that were written to the database directly.
        if (fileName.Length == 0 || fileName != Path.GetFileName(fileName))
        {
            return null;
        }

        var path = Path.Combine(folder, fileName);
        if (_read.TryGetValue(path, out var known))
        {
            return known;
        }

        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var contentType = _contentTypes.TryGetContentType(fileName, out var type) ? type : "application/octet-stream";
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"";
        return _read.GetOrAdd(path, new Picture(bytes, contentType, tag));
    }
}

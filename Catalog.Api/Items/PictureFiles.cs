using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Catalog.Api.Items;

/// <summary>Pictures by file name, read once and kept: all of the shop's together are about a megabyte.</summary>
public sealed class PictureFiles(IOptions<CatalogOptions> options)
{
    private const string WithoutPicture = "placeholder.webp";

    private readonly ConcurrentDictionary<string, Picture> _read = new(StringComparer.Ordinal);
    private readonly FileExtensionContentTypeProvider _contentTypes = new();
    private readonly string _own = Path.Combine(AppContext.BaseDirectory, "Seed", "Pictures");

    /// <summary>The picture of this name, or the one that says "no picture yet" when there is no such file.</summary>
    public async Task<Picture> ReadAsync(string fileName, CancellationToken cancellationToken) =>
        await FindAsync(Folder, fileName, cancellationToken)
        ?? await FindAsync(_own, WithoutPicture, cancellationToken)
        ?? throw new FileNotFoundException($"The picture {WithoutPicture} was not installed with the service.", Path.Combine(_own, WithoutPicture));

    private string Folder => options.Value switch
    {
        { PicturesFolder: { } folder } => folder,
        { SeedFile: { } seed } => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(seed))!, "Pictures"),
        _ => _own,
    };

    private async Task<Picture?> FindAsync(string folder, string fileName, CancellationToken cancellationToken)
    {
        // The name is checked when a product is saved; this is for names that came another way.
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
        return _read.GetOrAdd(path, new Picture(bytes, contentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
    }
}

public sealed record Picture(byte[] Bytes, string ContentType, string Tag);

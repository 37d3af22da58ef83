using System.Collections.Concurrent;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Catalog.Api.Pictures;

/// <summary>
/// The pictures that were installed with the service or are in the shop's own folder, read once and kept in memory: all of them have a few
/// megabytes. A folder <c>320</c> has the files of that width; a file beside these folders serves for every width.
/// </summary>
public sealed class PictureFiles(IOptions<CatalogOptions> options)
{
    private const string Placeholder = "placeholder.webp";

    private readonly ConcurrentDictionary<string, Picture> _read = new(StringComparer.Ordinal);
    private readonly FileExtensionContentTypeProvider _contentTypes = new();
    private readonly string _own = Path.Combine(AppContext.BaseDirectory, "Seed", "Pictures");

    /// <summary>The picture with this name, or null if the file does not exist.</summary>
    public Picture? Find(string fileName, int width) => Find(Folder, fileName, width);

    /// <summary>A parcel.</summary>
    public Picture ReadPlaceholder(int width) => Find(_own, Placeholder, width)
        ?? throw new FileNotFoundException(
            $"The picture {Placeholder} was not installed with the service.", Path.Combine(_own, Placeholder));

    /// <summary>Changes with the content of the product's picture. Part of the picture's address, so that caches may keep it.</summary>
    public string VersionOf(string? fileName) =>
        PictureNames.FindHash(fileName ?? "")
        ?? (Find(fileName ?? "", PictureSizes.Default) ?? ReadPlaceholder(PictureSizes.Default)).Tag.Trim('"');

    private string Folder => options.Value switch
    {
        { PicturesFolder: { } folder } => folder,
        { SeedFile: { } seed } => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(seed))!, "Pictures"),
        _ => _own,
    };

    private Picture? Find(string folder, string fileName, int width)
    {
        // Requests are checked when a product is saved; this check is for names that were written to the database directly.
        if (fileName.Length == 0 || fileName != Path.GetFileName(fileName))
        {
            return null;
        }

        return Read(Path.Combine(folder, $"{width}", fileName)) ?? Read(Path.Combine(folder, fileName));
    }

    private Picture? Read(string path)
    {
        if (_read.TryGetValue(path, out var known))
        {
            return known;
        }

        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        var contentType = _contentTypes.TryGetContentType(path, out var type) ? type : "application/octet-stream";
        return _read.GetOrAdd(path, new Picture(bytes, contentType, $"\"{PictureNames.HashOf(bytes)}\""));
    }
}

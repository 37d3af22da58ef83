namespace Catalog.Api.Pictures;

/// <summary>One size of a picture that was uploaded for a product.</summary>
public sealed class StoredPicture
{
    /// <summary>Contains a hash of the content: other content has another name, so caches never need to ask again.</summary>
    public required string FileName { get; init; }

    public required int Width { get; init; }
    public required int ProductId { get; init; }
    public required byte[] Bytes { get; init; }
}

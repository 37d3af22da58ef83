namespace Catalog.Api.Pictures;

public sealed record Picture(byte[] Bytes, string ContentType, string Tag);

namespace Catalog.Api.Items;

public sealed record Picture(byte[] Bytes, string ContentType, string Tag);

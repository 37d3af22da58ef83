namespace Catalog.Api.Items;

public sealed record BrandView(int Id, string Brand);

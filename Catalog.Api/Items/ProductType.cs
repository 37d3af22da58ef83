namespace Catalog.Api.Items;

public sealed class ProductType
{
    public int Id { get; init; }
    public required string Name { get; init; }
}

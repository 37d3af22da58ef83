namespace Catalog.Api.Stock;

public sealed class HoldLine
{
    public required int ProductId { get; init; }
    public required int Quantity { get; init; }
}

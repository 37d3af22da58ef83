namespace Catalog.Api.Changes;

public sealed record ProductState(
    int ProductId,
    string Name,
    string Description,
    decimal Price,
    string Currency,
    string Brand,
    string Type,
    int AvailableStock,
    bool IsDiscontinued,
    long Version);

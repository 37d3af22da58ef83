namespace Contracts.Catalog;

public sealed record ProductDiscontinued(int ProductId, long Version);

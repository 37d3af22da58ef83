namespace WebApp.Clients;

public sealed record CatalogItems(int PageIndex, int PageSize, int Count, IReadOnlyList<CatalogItem> Data);

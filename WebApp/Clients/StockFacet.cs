namespace WebApp.Clients;

public sealed record StockFacet(int InStock, int SoldOut);

namespace WebApp.Clients;

public sealed record PriceFacet(decimal Lowest, decimal Highest);

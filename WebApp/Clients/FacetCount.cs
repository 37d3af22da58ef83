namespace WebApp.Clients;

public sealed record FacetCount(int Id, string? Type, string? Brand, int Count, decimal? LowestPrice = null)
{
    public string Name => Type ?? Brand ?? "";
}

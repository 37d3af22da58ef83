namespace WebApp.Clients;

/// <summary>A type or a brand. The API has the name in the member <c>type</c> or <c>brand</c>.</summary>
public sealed record CatalogName(int Id, string? Type, string? Brand)
{
    public string Name => Type ?? Brand ?? "";
}

namespace Catalog.Api.Items;

public sealed record TypeView(int Id, string Type);

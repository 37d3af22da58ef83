namespace Catalog.Api.Items;

public sealed record PageView(int PageIndex, int PageSize, long Count, IReadOnlyList<ItemView> Data);

namespace Catalog.Api.Items;

public enum ItemOrder
{
    Name,
    Price,
    PriceDescending,
    Newest,
}

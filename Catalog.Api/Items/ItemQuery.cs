using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Catalog.Api.Items;

/// <summary>The query of lists and facets as it comes. Text, so that everything wrong is reported at once and by name: <see cref="ItemFilter"/>.</summary>
public readonly record struct ItemQuery(
    [property: FromQuery(Name = "pageIndex"), Description("Which page, from 0. Default: 0.")] string? PageIndex,
    [property: FromQuery(Name = "pageSize"), Description("Items on a page, 1 to 100. Default: 10.")] string? PageSize,
    [property: FromQuery(Name = "name"), Description("Words to look for, the beginning of a word is enough; mistyped words are forgiven when nothing else is found.")] string? Name,
    [property: FromQuery(Name = "type"), Description("Ids of types: any of them.")] string[]? Type,
    [property: FromQuery(Name = "brand"), Description("Ids of brands: any of them.")] string[]? Brand,
    [property: FromQuery(Name = "minPrice"), Description("The lowest price, as 19.90.")] string? MinPrice,
    [property: FromQuery(Name = "maxPrice"), Description("The highest price, as 49.90.")] string? MaxPrice,
    [property: FromQuery(Name = "inStock"), Description("true: only what can be bought now; false: only what is sold out.")] string? InStock,
    [property: FromQuery(Name = "sort"), Description("name, price, -price or newest. Default: name.")] string? Sort);

using System.Globalization;
using ServiceDefaults;

namespace Catalog.Api.Items;

/// <summary>Which products, in which order, which page of them.</summary>
public sealed record ItemFilter
{
    public const int LargestPage = 100;
    public const int LastPageIndex = 1_000_000;
    public const int MaximumIds = 100;

    public int PageIndex { get; init; }
    public int PageSize { get; init; } = 10;
    public SearchText? Search { get; init; }
    public int[] Types { get; init; } = [];
    public int[] Brands { get; init; } = [];
    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }
    public bool? InStock { get; init; }
    public ItemOrder Order { get; init; }

    /// <summary>Reads a query; whatever is wrong goes into <paramref name="faults"/>.</summary>
    public static ItemFilter From(ItemQuery query, Faults faults)
    {
        var name = query.Name?.Trim() ?? "";
        if (name.Length > ItemDraft.NameLength)
        {
            faults.Add("name", $"may have {ItemDraft.NameLength} characters; it has {name.Length}.");
        }

        var isText = SearchText.IsText(name);
        if (!isText)
        {
            faults.Add("name", "must be text; it has the character U+FFFE, or half a character.");
        }

        var filter = new ItemFilter
        {
            PageIndex = Whole(query.PageIndex, "pageIndex", 0, LastPageIndex, faults) ?? 0,
            PageSize = Whole(query.PageSize, "pageSize", 1, LargestPage, faults) ?? 10,
            Search = name.Length is 0 or > ItemDraft.NameLength || !isText ? null : SearchText.From(name),
            Types = Ids(query.Type, "type", faults),
            Brands = Ids(query.Brand, "brand", faults),
            MinPrice = Amount(query.MinPrice, "minPrice", faults),
            MaxPrice = Amount(query.MaxPrice, "maxPrice", faults),
            InStock = Flag(query.InStock, "inStock", faults),
            Order = OrderFrom(query.Sort, faults),
        };
        if (filter.MinPrice > filter.MaxPrice)
        {
            faults.Add("minPrice", "must not be above maxPrice.");
        }

        return filter;
    }

    /// <summary>Reads ids of products, types or brands.</summary>
    public static int[] Ids(string?[]? values, string field, Faults faults)
    {
        var given = (values ?? []).Where(value => !string.IsNullOrWhiteSpace(value)).ToArray();
        if (given.Length > MaximumIds)
        {
            faults.Add(field, $"may be given {MaximumIds} times; it is given {given.Length} times.");
            return [];
        }

        return [.. given.Select(value => Whole(value, field, 1, int.MaxValue, faults) ?? 0)];
    }

    private static int? Whole(string? value, string field, int lowest, int highest, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            && number >= lowest && number <= highest)
        {
            return number;
        }

        faults.Add(field, $"must be a whole number between {lowest} and {highest}; it is '{Shorten(value)}'.");
        return null;
    }

    private static decimal? Amount(string? value, string field, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var amount)
            && amount <= ItemDraft.HighestPrice)
        {
            return amount;
        }

        faults.Add(field, $"must be an amount between 0 and {ItemDraft.HighestPrice}, as 19.90; it is '{Shorten(value)}'.");
        return null;
    }

    private static bool? Flag(string? value, string field, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (bool.TryParse(value, out var flag))
        {
            return flag;
        }

        faults.Add(field, $"must be true or false; it is '{Shorten(value)}'.");
        return null;
    }

    private static ItemOrder OrderFrom(string? value, Faults faults)
    {
        switch (value?.Trim().ToLowerInvariant())
        {
            case null or "" or "name":
                return ItemOrder.Name;
            case "price":
                return ItemOrder.Price;
            case "-price":
                return ItemOrder.PriceDescending;
            case "newest":
                return ItemOrder.Newest;
            default:
                faults.Add("sort", $"must be name, price, -price or newest; it is '{Shorten(value)}'.");
                return ItemOrder.Name;
        }
    }

    private static string Shorten(string value) => value.Length <= 40 ? value : $"{value[..40]}…";
}

public enum ItemOrder
{
    Name,
    Price,
    PriceDescending,
    Newest,
}

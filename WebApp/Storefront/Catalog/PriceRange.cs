using System.Globalization;

namespace WebApp.Storefront.Catalog;

/// <summary>A range of prices as it was typed, and what it means. With a fault, nothing is filtered by price.</summary>
public sealed record PriceRange(string? LowestText, string? HighestText)
{
    private const int Most = 1_000_000;

    private readonly decimal? _lowest = Read(LowestText);
    private readonly decimal? _highest = Read(HighestText);

    public decimal? Lowest => Fault is null ? _lowest : null;

    public decimal? Highest => Fault is null ? _highest : null;

    public bool IsLowestFaulty => Fault is not null && (IsUnreadable(LowestText, _lowest) || _lowest > _highest);

    public bool IsHighestFaulty => Fault is not null && (IsUnreadable(HighestText, _highest) || _lowest > _highest);

    public string? Fault =>
        IsUnreadable(LowestText, _lowest) || IsUnreadable(HighestText, _highest) ? "Enter amounts like 20 or 19.90."
        : _lowest > _highest ? "The lowest price is above the highest."
        : null;

    private static bool IsUnreadable(string? text, decimal? amount) => !string.IsNullOrWhiteSpace(text) && amount is null;

    // A comma is the decimal separator in most countries of the shop's currency.
    private static decimal? Read(string? text) =>
        decimal.TryParse(
            text?.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var amount)
        && amount <= Most
            ? amount
            : null;
}

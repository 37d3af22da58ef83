using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Catalog.Api.Items;

/// <summary>Requires an amount above 0 with at most two decimals. Null is allowed.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PriceAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is not decimal price || (price is > 0 and <= ItemRules.HighestPrice && decimal.Round(price, 2) == price);

    public override string FormatErrorMessage(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"The price must be more than 0, at most {ItemRules.HighestPrice}, with at most two decimals.");
}

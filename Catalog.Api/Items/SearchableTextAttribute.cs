using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;

namespace Catalog.Api.Items;

/// <summary>Requires valid Unicode: only that can be brought into the form in which names are stored. Null is allowed.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SearchableTextAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not string text || text.IsNormalizable();

    public override string FormatErrorMessage(string name) => "The text must be valid Unicode.";
}

using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Text;

/// <summary>Requires text that people can read; <see cref="PlainText.FaultOf"/> has the rules. Combine with <c>[Required]</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class PlainTextAttribute : ValidationAttribute
{
    /// <summary>Whether tabs and line breaks are allowed. Default: false.</summary>
    public bool Multiline { get; init; }

    /// <summary>The highest number of characters after normalisation to NFC, which can make a text longer. Default: no limit.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && FaultOf(text) is { } fault
            ? new ValidationResult(ErrorMessage ?? fault, validationContext.MemberName is { } member ? [member] : null)
            : ValidationResult.Success;

    private string? FaultOf(string text) =>
        PlainText.FaultOf(text, Multiline) ?? (text.ToNfc().Trim().Length > MaxLength ? $"Enter at most {MaxLength} characters." : null);
}

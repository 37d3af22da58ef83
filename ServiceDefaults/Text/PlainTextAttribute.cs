using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Text;

/// <summary>Requires text that people can read; <see cref="PlainText.FaultOf"/> has the rules. Combine with <c>[Required]</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class PlainTextAttribute : ValidationAttribute
{
    /// <summary>Whether tabs and line breaks are allowed. Default: false.</summary>
    public bool Multiline { get; init; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && PlainText.FaultOf(text, Multiline) is { } fault
            ? new ValidationResult(ErrorMessage ?? fault, validationContext.MemberName is { } member ? [member] : null)
            : ValidationResult.Success;
}

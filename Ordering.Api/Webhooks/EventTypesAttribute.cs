using System.ComponentModel.DataAnnotations;

namespace Ordering.Api.Webhooks;

/// <summary>Requires at least one type of event, and only types that webhooks deliver.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EventTypesAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var types = value as IReadOnlyList<string> ?? [];
        return types.Count > 0 && !types.Except(WebhookEvents.Types).Any()
            ? ValidationResult.Success
            : new ValidationResult(
                $"Choose at least one of {string.Join(", ", WebhookEvents.Types)}.", [validationContext.MemberName ?? ""]);
    }
}

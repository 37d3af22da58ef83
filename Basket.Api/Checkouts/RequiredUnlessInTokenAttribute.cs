using System.ComponentModel.DataAnnotations;

namespace Basket.Api.Checkouts;

/// <summary>Requires a value, unless the access token has the claim that replaces it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredUnlessInTokenAttribute(string claim) : ValidationAttribute
{
    public string Claim { get; } = claim;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var user = validationContext.GetRequiredService<IHttpContextAccessor>().HttpContext?.User;

        return string.IsNullOrWhiteSpace(value as string) && string.IsNullOrWhiteSpace(user?.FindFirst(Claim)?.Value)
            ? new ValidationResult(ErrorMessage, [validationContext.MemberName ?? ""])
            : ValidationResult.Success;
    }
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Basket.Api.Checkouts;

/// <summary>Requires MM/YY, as printed on the card, of a month that is not over.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CardExpirationAttribute : ValidationAttribute
{
    // Cards are valid for a few years only, so every year is of this century. .NET would read 50 as 1950.
    private const string Century = "20";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var text = value as string;
        string[] member = [validationContext.MemberName ?? ""];

        if (text is not { Length: 5 } || !DateOnly.TryParseExact(
            $"{text[..3]}{Century}{text[3..]}", "MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return new ValidationResult("Enter the expiration date as MM/YY.", member);
        }

        var now = validationContext.GetRequiredService<TimeProvider>().GetUtcNow();
        return month.AddMonths(1) > DateOnly.FromDateTime(now.UtcDateTime)
            ? ValidationResult.Success
            : new ValidationResult("The card has expired.", member);
    }
}

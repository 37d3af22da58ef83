using System.ComponentModel.DataAnnotations;

namespace Basket.Api.Checkouts;

[AttributeUsage(AttributeTargets.Property)]
public sealed class CardNumberAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => CardNumber.Parse(value as string) is not null;
}

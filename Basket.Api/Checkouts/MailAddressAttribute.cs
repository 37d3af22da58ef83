using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using ServiceDefaults.Text;

namespace Basket.Api.Checkouts;

/// <summary>Requires an e-mail address without a display name. .NET's own attribute accepts every text with an @ inside.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailAddressAttribute() : ValidationAttribute("Enter an e-mail address, for example ada@example.com.")
{
    public override bool IsValid(object? value) =>
        value is not string text
        || string.IsNullOrWhiteSpace(text)
        || (PlainText.FaultOf(text) is null && MailAddress.TryCreate(text, out var address) && address.Address == text.Trim());
}

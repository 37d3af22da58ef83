using System.Globalization;
using WebApp.Storefront.Elements;

namespace WebApp.BackOffice;

public sealed class RefundForm
{
    /// <summary>The idempotency key: one refund, however often the form is sent.</summary>
    public string Key { get; set; } = Guid.CreateVersion7().ToString("n");

    /// <summary>Text, so that a faulty entry is shown again as it was typed.</summary>
    public string? Amount { get; set; }

    public string? Reason { get; set; }

    /// <returns>The amount; null when a field is not valid.</returns>
    public decimal? Validate(FormErrors errors)
    {
        if (!decimal.TryParse(Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount <= 0)
        {
            errors.Add("Refund.Amount", "Enter an amount, like 19.90.");
        }

        if (string.IsNullOrWhiteSpace(Reason))
        {
            errors.Add("Refund.Reason", "Enter the reason.");
        }

        return errors.Any ? null : amount;
    }
}

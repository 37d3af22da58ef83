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
        var amount = EntryRules.ReadPrice(Amount);

        if (amount is not > 0)
        {
            errors.Add("Refund.Amount", EntryRules.PriceFault);
        }

        if (string.IsNullOrWhiteSpace(Reason))
        {
            errors.Add("Refund.Reason", "Enter the reason.");
        }

        return errors.Any ? null : amount;
    }
}

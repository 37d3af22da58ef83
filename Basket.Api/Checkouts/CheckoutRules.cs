using System.Globalization;
using System.Net.Mail;
using ServiceDefaults;

namespace Basket.Api.Checkouts;

/// <summary>Every fault of a checkout at once.</summary>
public static class CheckoutRules
{
    private const int MaxText = 100;
    private const int MaxStreet = 200;
    private const int MaxZipCode = 20;
    private const int MaxEmail = 254;

    public static Faults Check(CheckoutRequest request, DateTimeOffset now)
    {
        var faults = new Faults();
        RequireText(faults, "buyerName", "buyer's name", request.BuyerName, MaxText);
        faults.Unless(IsEmail(request.BuyerEmail), "buyerEmail", "The buyer's e-mail address is needed, like ada@example.com.");
        CheckAddress(faults, request.ShippingAddress ?? new AddressRequest(null, null, null, null, null));
        CheckCard(faults, request.Card ?? new CardRequest(null, null, null, null), now);
        return faults;
    }

    private static void CheckAddress(Faults faults, AddressRequest address)
    {
        RequireText(faults, "shippingAddress.street", "street", address.Street, MaxStreet);
        RequireText(faults, "shippingAddress.city", "city", address.City, MaxText);
        RequireText(faults, "shippingAddress.country", "country", address.Country, MaxText);
        RequireText(faults, "shippingAddress.zipCode", "postal code", address.ZipCode, MaxZipCode);
        faults.Unless(
            string.IsNullOrEmpty(address.State) || IsText(address.State, MaxText),
            "shippingAddress.state",
            $"The state may have up to {MaxText} characters.");
    }

    private static void CheckCard(Faults faults, CardRequest card, DateTimeOffset now)
    {
        faults.Unless(CardNumber.Parse(card.Number) is not null, "card.number", "This is not the number of a payment card.");
        RequireText(faults, "card.holder", "card holder's name", card.Holder, MaxText);
        faults.Unless(
            card.SecurityCode is { Length: 3 or 4 } code && code.All(char.IsAsciiDigit), "card.securityCode", "The security code has 3 or 4 digits.");

        // 'MM/YY' as printed; good until the month is over.
        var isDate = DateOnly.TryParseExact(card.Expiration, "MM/yy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month);
        faults.Unless(isDate, "card.expiration", "The expiration date is needed as MM/YY.");
        faults.Unless(!isDate || month.AddMonths(1) > DateOnly.FromDateTime(now.UtcDateTime), "card.expiration", "The card has expired.");
    }

    private static void RequireText(Faults faults, string field, string name, string? value, int maxLength) =>
        faults.Unless(IsText(value, maxLength), field, $"The {name} is needed, with up to {maxLength} characters.");

    private static bool IsText(string? value, int maxLength) =>
        !string.IsNullOrWhiteSpace(value) && value.Length <= maxLength && !value.Any(char.IsControl);

    private static bool IsEmail(string? value) =>
        IsText(value, MaxEmail) && MailAddress.TryCreate(value, out var address) && address.Address == value!.Trim();
}

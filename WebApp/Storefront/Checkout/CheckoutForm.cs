using Basket.Grpc;
using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.Storefront.Checkout;

/// <summary>What a buyer fills in. Basket.Api has the last word on all of it; what is plainly missing is said here at once.</summary>
public sealed class CheckoutForm
{
    /// <summary>Names this purchase. However often the form is sent, one order comes of it.</summary>
    public string Key { get; set; } = Guid.CreateVersion7().ToString("n");

    /// <summary>What the buyer was told that it costs: they are charged that or nothing. Null when no total could be shown.</summary>
    public decimal? Total { get; set; }

    public string? Email { get; set; }
    public string? Name { get; set; }
    public string? Street { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? ZipCode { get; set; }
    public string? Country { get; set; }
    public string? CardNumber { get; set; }
    public string? CardHolder { get; set; }
    public string? Expiration { get; set; }
    public string? SecurityCode { get; set; }

    public void Check(FormErrors errors)
    {
        errors.Require("Form.Name", Name, "Enter your name.");
        errors.Require("Form.Email", Email, "Enter the e-mail address for the confirmation.");
        errors.Require("Form.Street", Street, "Enter street and house number.");
        errors.Require("Form.ZipCode", ZipCode, "Enter the postal code.");
        errors.Require("Form.City", City, "Enter the city.");
        errors.Require("Form.Country", Country, "Choose the country.");
        errors.Require("Form.CardNumber", CardNumber, "Enter the number of your card.");
        errors.Require("Form.CardHolder", CardHolder, "Enter the name on the card.");
        errors.Require("Form.Expiration", Expiration, "Enter the date your card ends, like 09/29.");
        errors.Require("Form.SecurityCode", SecurityCode, "Enter the security code of your card.");
    }

    internal CheckoutRequest ToRequest() => new()
    {
        IdempotencyKey = Key,
        BuyerName = Name!.Trim(),
        BuyerEmail = Email!.Trim(),
        ShippingAddress = new ShippingAddress
        {
            Street = Street!.Trim(),
            City = City!.Trim(),
            State = State?.Trim() ?? "",
            Country = Country!.Trim(),
            ZipCode = ZipCode!.Trim(),
        },
        Card = new Card
        {
            Number = Digits(CardNumber!),
            Holder = CardHolder!.Trim(),
            Expiration = Expiration!.Replace(" ", "", StringComparison.Ordinal),
            SecurityCode = SecurityCode!.Trim(),
        },
        ExpectedTotal = Total?.ToMoney(),
    };

    /// <summary>The field of this form that a field of the service's request was filled from; null when there is none.</summary>
    public static string? NameOf(string field) => field.ToLowerInvariant() switch
    {
        "buyername" => "Form.Name",
        "buyeremail" => "Form.Email",
        "shippingaddress.street" => "Form.Street",
        "shippingaddress.city" => "Form.City",
        "shippingaddress.state" => "Form.State",
        "shippingaddress.country" => "Form.Country",
        "shippingaddress.zipcode" => "Form.ZipCode",
        "card.number" => "Form.CardNumber",
        "card.holder" => "Form.CardHolder",
        "card.expiration" => "Form.Expiration",
        "card.securitycode" => "Form.SecurityCode",
        _ => null,
    };

    private static string Digits(string number) =>
        number.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}

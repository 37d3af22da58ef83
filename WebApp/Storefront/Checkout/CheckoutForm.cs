using System.ComponentModel.DataAnnotations;
using Basket.Grpc;
using WebApp.Clients;
using WebApp.Identity.Addresses;

namespace WebApp.Storefront.Checkout;

/// <summary>The form of the checkout. It requires its fields; Basket.Api checks their content.</summary>
public sealed class CheckoutForm
{
    /// <summary>The idempotency key: one order, however often the form is sent.</summary>
    public string Key { get; set; } = Guid.CreateVersion7().ToString("n");

    /// <summary>The total that the page showed. If it has changed, nothing is ordered. Null when no total could be shown.</summary>
    public decimal? Total { get; set; }

    [Required(ErrorMessage = "Enter your name.")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter your e-mail address.")]
    public string? Email { get; set; }

    [Required(ErrorMessage = "Enter street and house number.")]
    public string? Street { get; set; }

    [Required(ErrorMessage = "Enter the postal code.")]
    public string? ZipCode { get; set; }

    [Required(ErrorMessage = "Enter the city.")]
    public string? City { get; set; }

    public string? State { get; set; }

    [Required(ErrorMessage = "Choose the country.")]
    public string? Country { get; set; }

    [Required(ErrorMessage = "Enter the number of your card.")]
    public string? CardNumber { get; set; }

    [Required(ErrorMessage = "Enter the name on the card.")]
    public string? CardHolder { get; set; }

    [Required(ErrorMessage = "Enter the date your card ends, like 09/29.")]
    public string? Expiration { get; set; }

    [Required(ErrorMessage = "Enter the security code of your card.")]
    public string? SecurityCode { get; set; }

    /// <summary>Sent by the button that removes what cannot be bought, beside the fields, so that these are kept.</summary>
    public bool Tidy { get; set; }

    /// <summary>Everything of an earlier order but the card, which the shop does not keep.</summary>
    internal static CheckoutForm Of(OrderView order) => new()
    {
        Name = order.BuyerName,
        Email = order.BuyerEmail,
        Street = order.ShippingAddress?.Street,
        ZipCode = order.ShippingAddress?.ZipCode,
        City = order.ShippingAddress?.City,
        State = order.ShippingAddress?.State,
        Country = order.ShippingAddress?.Country,
    };

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

    /// <summary>Begins with a saved address; null leaves the form as it is.</summary>
    public void Fill(SavedAddress? saved)
    {
        if (saved is not null)
        {
            (Name, Street, ZipCode, City) = (saved.Name, saved.Street, saved.ZipCode, saved.City);
            (State, Country) = (saved.State, saved.Country);
        }
    }

    /// <summary>The field of this form for a field of Basket.Api's request; null when the form has none.</summary>
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

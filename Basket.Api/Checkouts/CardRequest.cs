using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;

namespace Basket.Api.Checkouts;

public sealed record CardRequest(
    [property: CardNumber(ErrorMessage = "This is not the number of a payment card.")]
    [property: Description("12 to 19 digits. Spaces and dashes are ignored.")]
    string? Number,
    [property: Required(ErrorMessage = "Enter the name on the card."),
    StringLength(100, ErrorMessage = "At most {1} characters."), PlainText]
    string? Holder,
    [property: CardExpiration]
    [property: Description("MM/YY. The card is valid until the end of that month.")]
    string? Expiration,
    [property: Required(ErrorMessage = "Enter the security code of the card.")]
    [property: RegularExpression("^[0-9]{3,4}$", ErrorMessage = "The security code has 3 or 4 digits.")]
    string? SecurityCode);

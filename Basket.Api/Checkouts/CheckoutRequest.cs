using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ServiceDefaults.Text;

namespace Basket.Api.Checkouts;

public sealed record CheckoutRequest(
    [property: RequiredUnlessInToken("name", ErrorMessage = "Enter the buyer's name."),
    StringLength(100, ErrorMessage = "At most {1} characters."), PlainText]
    [property: Description("Default: the name in the access token.")]
    string? BuyerName,
    [property: RequiredUnlessInToken("email", ErrorMessage = "Enter the buyer's e-mail address."),
    StringLength(254, ErrorMessage = "At most {1} characters."), MailAddress]
    [property: Description("Default: the e-mail address in the access token.")]
    string? BuyerEmail,
    [property: Required(ErrorMessage = "Enter the shipping address.")] AddressRequest? ShippingAddress,
    [property: Required(ErrorMessage = "Enter the payment card.")] CardRequest? Card,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description(
        "The total that the buyer was shown. If it differs from the current total by a cent or more, nothing is ordered. "
        + "Default: not checked.")]
    decimal? ExpectedTotal = null);

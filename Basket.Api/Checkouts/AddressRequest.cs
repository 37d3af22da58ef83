using System.ComponentModel.DataAnnotations;
using Contracts.Ordering;
using ServiceDefaults.Text;

namespace Basket.Api.Checkouts;

/// <summary>An <see cref="Address"/> that may still be incomplete.</summary>
public sealed record AddressRequest(
    [property: Required(ErrorMessage = "Enter the street."), StringLength(200, ErrorMessage = "At most {1} characters."), PlainText]
    string? Street,
    [property: Required(ErrorMessage = "Enter the city."), StringLength(100, ErrorMessage = "At most {1} characters."), PlainText]
    string? City,
    [property: StringLength(100, ErrorMessage = "At most {1} characters."), PlainText] string? State,
    [property: Required(ErrorMessage = "Enter the country."), StringLength(100, ErrorMessage = "At most {1} characters."), PlainText]
    string? Country,
    [property: Required(ErrorMessage = "Enter the postal code."), StringLength(20, ErrorMessage = "At most {1} characters."), PlainText]
    string? ZipCode)
{
    /// <summary>Only for a valid address.</summary>
    public Address ToContract() =>
        new(
            Street!.Trim().ToNfc(), City!.Trim().ToNfc(), string.IsNullOrWhiteSpace(State) ? null : State.Trim().ToNfc(),
            Country!.Trim().ToNfc(), ZipCode!.Trim().ToNfc());
}

using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;
using WebApp.Storefront.Checkout;

namespace WebApp.Identity.Addresses;

/// <summary>What a person enters to save an address.</summary>
public sealed class AddressForm : IValidatableObject
{
    private const string TooLong = "Use at most {1} characters.";

    [Required(ErrorMessage = "Enter the name of the receiver."), MaxLength(SavedAddress.NameMaxLength, ErrorMessage = TooLong), PlainText]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter street and house number."), MaxLength(SavedAddress.StreetMaxLength, ErrorMessage = TooLong), PlainText]
    public string? Street { get; set; }

    [Required(ErrorMessage = "Enter the postal code."), MaxLength(SavedAddress.ZipCodeMaxLength, ErrorMessage = TooLong), PlainText]
    public string? ZipCode { get; set; }

    [Required(ErrorMessage = "Enter the city."), MaxLength(SavedAddress.CityMaxLength, ErrorMessage = TooLong), PlainText]
    public string? City { get; set; }

    [MaxLength(SavedAddress.StateMaxLength, ErrorMessage = TooLong), PlainText]
    public string? State { get; set; }

    [Required(ErrorMessage = "Choose the country.")]
    public string? Country { get; set; }

    public bool IsDefault { get; set; }

    public static AddressForm Of(SavedAddress address) => new()
    {
        Name = address.Name, Street = address.Street, ZipCode = address.ZipCode, City = address.City, State = address.State,
        Country = address.Country, IsDefault = address.IsDefault,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Country is { Length: > 0 } country && !Countries.All.Contains(country)
            ? [new ValidationResult("Choose a country of the list.", [nameof(Country)])]
            : [];
}

namespace WebApp.Identity.Addresses;

/// <summary>An address to which a user had something sent, for the next checkout.</summary>
public sealed class SavedAddress
{
    public const int NameMaxLength = 100;
    public const int StreetMaxLength = 180;
    public const int ZipCodeMaxLength = 18;
    public const int CityMaxLength = 100;
    public const int StateMaxLength = 60;
    public const int CountryMaxLength = 90;

    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Name { get; set; }

    public required string Street { get; set; }

    public required string ZipCode { get; set; }

    public required string City { get; set; }

    /// <summary>Null where the country has none.</summary>
    public string? State { get; set; }

    public required string Country { get; set; }

    /// <summary>Whether the checkout begins with it; one address of each user.</summary>
    public bool IsDefault { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>In one line, for lists.</summary>
    public string InOneLine =>
        string.Join(", ", new[] { Name, Street, $"{ZipCode} {City}", State, Country }.Where(part => part is { Length: > 0 }));
}

namespace Contracts.Ordering;

/// <summary>A postal address. <see cref="State"/> is null where the country has none.</summary>
public sealed record Address(string Street, string City, string? State, string Country, string ZipCode);

using System.Text.Json.Serialization;
using Contracts.Ordering;

namespace Basket.Api.Checkouts;

/// <param name="BuyerName">Default: the name in the access token.</param>
/// <param name="BuyerEmail">Default: the address in the access token.</param>
/// <param name="ExpectedTotal">The total that the buyer was shown; when today's is another, nothing is ordered. Default: whatever it is today.</param>
public sealed record CheckoutRequest(
    string? BuyerName,
    string? BuyerEmail,
    AddressRequest? ShippingAddress,
    CardRequest? Card,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? ExpectedTotal = null);

public sealed record AddressRequest(string? Street, string? City, string? State, string? Country, string? ZipCode)
{
    /// <summary>Only for an address without faults.</summary>
    public Address ToContract() =>
        new(Street!.Trim(), City!.Trim(), string.IsNullOrWhiteSpace(State) ? null : State.Trim(), Country!.Trim(), ZipCode!.Trim());
}

/// <param name="Number">12 to 19 digits; blanks and dashes are ignored.</param>
/// <param name="Expiration">MM/YY; the card is good until the end of that month.</param>
public sealed record CardRequest(string? Number, string? Holder, string? Expiration, string? SecurityCode);

public sealed record CheckoutReply(Guid OrderId);

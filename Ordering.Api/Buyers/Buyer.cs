namespace Ordering.Api.Buyers;

/// <summary>Ordering's replica of the identity user: the same id, only what orders need.</summary>
public sealed class Buyer
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    /// <summary>Who this person was in the shop before opening an account. Orders of that guest are theirs.</summary>
    public Guid? GuestId { get; set; }
}

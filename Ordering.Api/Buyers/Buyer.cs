namespace Ordering.Api.Buyers;

/// <summary>Ordering's replica of the identity user, or a guest: the same id, only what orders need.</summary>
public sealed class Buyer
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    /// <summary>Whether the buyer has an account. No other user can adopt the orders of an account.</summary>
    public bool IsRegistered { get; init; }
}

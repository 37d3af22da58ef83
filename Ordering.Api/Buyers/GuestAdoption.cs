namespace Ordering.Api.Buyers;

/// <summary>
/// This guest is this user. Kept without a time limit: an order that the guest placed may arrive late, for example from a dead-letter
/// queue, and belongs to the user.
/// </summary>
public sealed record GuestAdoption(Guid GuestId, Guid UserId);

namespace Contracts.Identity;

/// <summary>A guest signed in or registered: everything that the guest has in the shop belongs to the user from now on.</summary>
public sealed record GuestAdopted(Guid GuestId, Guid UserId);

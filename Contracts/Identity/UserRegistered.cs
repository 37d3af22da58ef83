namespace Contracts.Identity;

/// <summary>A person opened an account. <see cref="GuestId"/> is who they were in the shop before, when they had a basket as a guest.</summary>
public sealed record UserRegistered(Guid UserId, string Email, string Name, Guid? GuestId);

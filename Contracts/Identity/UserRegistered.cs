namespace Contracts.Identity;

/// <summary>A person opened an account.</summary>
public sealed record UserRegistered(Guid UserId, string Email, string Name);

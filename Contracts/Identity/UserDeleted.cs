namespace Contracts.Identity;

/// <summary>
/// A user deleted their account. Every service forgets what it has of the person, except what the law requires it to keep, and no longer
/// connects that with the account.
/// </summary>
public sealed record UserDeleted(Guid UserId);

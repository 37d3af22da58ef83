namespace WebApp.Identity.Links;

/// <summary>What the secret of a link says.</summary>
/// <param name="Stamp">The account's security stamp when the link was made. Another one voids the link.</param>
/// <param name="Email">The new address, for <see cref="LinkPurpose.ChangeEmail"/>.</param>
public sealed record AccountLink(Guid UserId, string Stamp, DateTimeOffset ExpiresAt, string? Email);

namespace Contracts.Identity;

/// <summary>
/// Command: if this address has an account, mail it a link to choose a new password. A command, because the page that takes the address
/// must not take longer for an address that has one.
/// </summary>
public sealed record MailPasswordLink(Guid RequestId, string Email);

namespace Contracts.Identity;

/// <summary>A user has another name or e-mail address: the full state, for replicas.</summary>
public sealed record UserChanged(Guid UserId, string Email, string Name, long Version);

namespace Ordering.Api.Buyers;

/// <summary>
/// This user deleted their account. Kept, because orders of the user may still be on their way; the id alone says nothing about a person.
/// </summary>
public sealed record ForgottenBuyer(Guid Id);

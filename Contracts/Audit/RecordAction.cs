namespace Contracts.Audit;

/// <summary>
/// Command: keep in the audit log of the back office what an administrator did. The sender commits it with the change. It has ids and the
/// names of things, and nothing about people but the actor's id.
/// </summary>
/// <param name="ActorId">The user or program; null when a setting of the shop did it.</param>
/// <param name="Action">What was done to what kind of thing, as in <c>product.price-changed</c>.</param>
/// <param name="SubjectId">The id of the thing.</param>
/// <param name="SubjectName">What people call the thing, as in <c>SH-48213</c>.</param>
/// <param name="Detail">The change in a few words, as in <c>19.90 EUR → 24.90 EUR</c>.</param>
public sealed record RecordAction(
    Guid? ActorId, string Action, string SubjectId, string? SubjectName = null, string? Detail = null);

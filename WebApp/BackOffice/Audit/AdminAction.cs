namespace WebApp.BackOffice.Audit;

/// <summary>One row of the audit log: what an administrator did, in any of the services.</summary>
public sealed class AdminAction
{
    /// <summary>The id of the message on the bus.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The user or program; null when a setting of the shop did it.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>As in <c>product.price-changed</c>.</summary>
    public required string Action { get; init; }

    public required string SubjectId { get; init; }

    public string? SubjectName { get; init; }

    public string? Detail { get; init; }

    /// <summary>What was changed, as in <c>product</c>.</summary>
    public string SubjectKind => Action.Split('.')[0];

    /// <summary>Null when it was no account that was changed.</summary>
    public Guid? AccountId => SubjectKind == "account" && Guid.TryParse(SubjectId, out var id) ? id : null;
}

namespace Basket.Api.Baskets;

public enum RefusalReason
{
    /// <summary>
    /// Fields are not valid; <see cref="Refusal.Errors"/> names them. Over gRPC only: REST refuses them before the operation.
    /// </summary>
    Invalid,
    NotFound,

    /// <summary>A valid request that the current state of the shop does not allow.</summary>
    Conflict,

    /// <summary>The idempotency key was used for another request.</summary>
    KeyReused,

    /// <summary>The client may do this again after <see cref="Refusal.RetryAfter"/>.</summary>
    TooMany,

    /// <summary>The replica of the products is not complete yet.</summary>
    NotReady,
}

/// <summary>Why an operation did nothing.</summary>
public sealed record Refusal(RefusalReason Reason, string Detail)
{
    public IDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The lines that prevent a checkout.</summary>
    public IReadOnlyList<UnavailableLine> Lines { get; init; } = [];

    /// <summary>When the same request may succeed; null if that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal Invalid(IDictionary<string, string[]> errors) =>
        new(RefusalReason.Invalid, "At least one field is not valid.") { Errors = errors };

    public static Refusal NotFound(string detail) => new(RefusalReason.NotFound, detail);

    public static Refusal Conflict(string detail) => new(RefusalReason.Conflict, detail);

    public static Refusal BasketBusy => Conflict("Too many requests change this basket at the same time. Try again.");
}

public sealed record UnavailableLine(int ProductId, string ProductName, int Quantity, int AvailableStock, string Reason);

using ServiceDefaults;

namespace Basket.Api.Baskets;

public enum RefusalReason
{
    /// <summary>Fields are wrong; <see cref="Refusal.Errors"/> names them.</summary>
    Invalid,
    NotFound,

    /// <summary>Right in itself, but not in the present state of the shop.</summary>
    Conflict,

    /// <summary>The idempotency key was used for something else.</summary>
    KeyReused,

    /// <summary>The service cannot tell yet.</summary>
    NotReady,
}

/// <summary>Why an operation did nothing.</summary>
public sealed record Refusal(RefusalReason Reason, string Detail)
{
    public IDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The lines in the way of a checkout.</summary>
    public IReadOnlyList<UnavailableLine> Lines { get; init; } = [];

    public static Refusal Invalid(Faults faults) =>
        new(RefusalReason.Invalid, "See errors for the reason of each field.") { Errors = faults.ToErrors() };

    public static Refusal NotFound(string detail) => new(RefusalReason.NotFound, detail);

    public static Refusal Conflict(string detail) => new(RefusalReason.Conflict, detail);

    public static Refusal BasketBusy => Conflict("The basket is being changed by somebody else at the same time. Try again.");
}

public sealed record UnavailableLine(int ProductId, string ProductName, int Quantity, int AvailableStock, string Reason);

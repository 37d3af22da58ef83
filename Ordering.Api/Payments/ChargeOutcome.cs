namespace Ordering.Api.Payments;

public abstract record ChargeOutcome
{
    public sealed record Charged(string Reference) : ChargeOutcome;

    /// <summary>The provider refuses the charge. <see cref="Reason"/> is a sentence for the buyer.</summary>
    public sealed record Declined(string Reason) : ChargeOutcome;

    /// <summary>The provider cannot decide now; nothing was charged. It is called again later.</summary>
    public sealed record Unavailable(string Reason) : ChargeOutcome;
}

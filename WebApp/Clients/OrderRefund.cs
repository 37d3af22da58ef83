namespace WebApp.Clients;

/// <param name="Reason">A sentence for the buyer.</param>
public sealed record OrderRefund(Guid Id, decimal Amount, string Reason, RefundStatus Status, DateTimeOffset RequestedAt);
